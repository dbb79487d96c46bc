-- The verification path runs under its own role; creation tolerates a sibling database that was there first.
DO $$
BEGIN
  BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'vigie_otp') THEN
      CREATE ROLE vigie_otp NOLOGIN;
    END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
  END;
  IF NOT pg_has_role(current_user, 'vigie_otp', 'MEMBER') THEN
    EXECUTE format('GRANT vigie_otp TO %I', current_user);
  END IF;
END
$$;
