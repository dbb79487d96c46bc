ALTER TABLE "framework" ADD COLUMN "academie" text NOT NULL;--> statement-breakpoint
CREATE POLICY framework_write ON framework FOR ALL TO vigie_app
  USING (academie = ANY ((SELECT vigie_scope('academie'))::text[]));
--> statement-breakpoint
-- Everyone reads frameworks; only the académie that brought one in changes it.
DO $$
DECLARE
  part text;
BEGIN
  FOREACH part IN ARRAY ARRAY['framework_control', 'framework_mapping'] LOOP
    EXECUTE format(
      'CREATE POLICY %I ON %I FOR ALL TO vigie_app USING (EXISTS (
         SELECT 1 FROM framework f WHERE f.id = %I.framework_id AND f.academie = ANY ((SELECT vigie_scope(''academie''))::text[])))',
      part || '_write', part, part
    );
  END LOOP;
END
$$;
