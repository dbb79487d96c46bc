-- Monthly partitions: built apart then attached, so that readers of the parent are never locked out.
CREATE FUNCTION vigie_ensure_month(parent text, moment timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  first_day timestamp := date_trunc('month', moment AT TIME ZONE 'UTC');
  partition_name text := parent || to_char(first_day, '"_y"YYYY"m"MM');
BEGIN
  IF parent NOT IN ('evidence', 'journal_entry') THEN
    RAISE EXCEPTION 'not a partitioned table: %', parent;
  END IF;
  IF to_regclass(partition_name) IS NOT NULL THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('vigie_ensure_month'));
  -- Read from the catalogue itself: to_regclass may still answer from what it remembered before the lock.
  IF EXISTS (SELECT 1 FROM pg_class WHERE relname = partition_name AND relnamespace = 'public'::regnamespace) THEN
    RETURN;
  END IF;
  EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition_name, parent);
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', partition_name);
  EXECUTE format(
    'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
    parent, partition_name,
    first_day AT TIME ZONE 'UTC', (first_day + interval '1 month') AT TIME ZONE 'UTC'
  );
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION vigie_ensure_month(text, timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION vigie_ensure_month(text, timestamptz) TO vigie_app, vigie_worker, vigie_auth;
--> statement-breakpoint
CREATE FUNCTION vigie_journal_pending() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO journal_pending (entry_id, at) VALUES (NEW.id, NEW.at);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER journal_entry_pending AFTER INSERT ON journal_entry
FOR EACH ROW EXECUTE FUNCTION vigie_journal_pending();
--> statement-breakpoint
-- The caller's perimeters of one kind, from the transaction's settings; unset means none: deny by default.
-- In plpgsql on purpose: an SQL function is inlined six times in each policy, and planning then outweighs running.
CREATE FUNCTION vigie_scope(kind text) RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN coalesce(string_to_array(nullif(current_setting('vigie.scope_' || kind, true), ''), ','), '{}'::text[]);
END
$$;
--> statement-breakpoint
ALTER TABLE etablissement ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY etablissement_in_scope ON etablissement FOR SELECT TO vigie_app USING (
  academie = ANY ((SELECT vigie_scope('academie'))::text[])
  OR departement = ANY ((SELECT vigie_scope('departement'))::text[])
  OR circonscription = ANY ((SELECT vigie_scope('circonscription'))::text[])
  OR bassin = ANY ((SELECT vigie_scope('bassin'))::text[])
  OR collectivite = ANY ((SELECT vigie_scope('collectivite'))::text[])
  OR uai = ANY ((SELECT vigie_scope('etablissement'))::text[])
);
--> statement-breakpoint
CREATE POLICY etablissement_worker ON etablissement FOR ALL TO vigie_worker USING (true) WITH CHECK (true);
--> statement-breakpoint
-- Rows about an establishment are visible exactly when the establishment is. The visible establishments are hashed
-- once per statement; a caller bound to one establishment never builds that hash.
DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY[
    'evidence', 'evidence_current', 'collection_failure', 'collection_run', 'collector_activity',
    'machine', 'machine_alias', 'machine_software',
    'requirement_status', 'status_change', 'service_rollup', 'etablissement_score', 'score_history',
    'evaluation_due', 'declaration', 'arbitration', 'derogation'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format(
      'CREATE POLICY %I ON %I FOR ALL TO vigie_app
         USING (uai = ANY ((SELECT vigie_scope(''etablissement''))::text[]) OR uai IN (SELECT e.uai FROM etablissement e))
         WITH CHECK (EXISTS (SELECT 1 FROM etablissement e WHERE e.uai = %I.uai))',
      guarded || '_in_scope', guarded, guarded
    );
    EXECUTE format(
      'CREATE POLICY %I ON %I FOR ALL TO vigie_worker USING (true) WITH CHECK (true)',
      guarded || '_worker', guarded
    );
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO vigie_worker', guarded);
    EXECUTE format('GRANT SELECT ON %I TO vigie_app', guarded);
  END LOOP;
END
$$;
--> statement-breakpoint
ALTER TABLE journal_entry ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY journal_entry_append ON journal_entry FOR INSERT TO vigie_worker, vigie_auth WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY journal_entry_append_in_scope ON journal_entry FOR INSERT TO vigie_app
  WITH CHECK (uai IS NULL OR EXISTS (SELECT 1 FROM etablissement e WHERE e.uai = journal_entry.uai));
--> statement-breakpoint
ALTER TABLE collector_account ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY collector_account_auth ON collector_account FOR ALL TO vigie_auth USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO vigie_app, vigie_worker, vigie_auth;
--> statement-breakpoint
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO vigie_app, vigie_worker, vigie_auth;
--> statement-breakpoint
GRANT SELECT ON etablissement TO vigie_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON etablissement, annuaire_import, annuaire_refusal, sharing_override, software TO vigie_worker;
--> statement-breakpoint
GRANT DELETE ON collection_failure, collection_run, evidence_current, requirement_status, machine_alias, evaluation_due, sharing_override TO vigie_worker;
--> statement-breakpoint
GRANT SELECT ON annuaire_import, annuaire_refusal, sharing_override, software TO vigie_app;
--> statement-breakpoint
GRANT INSERT ON evidence, evidence_current, collection_failure, collection_run, collector_activity, machine, machine_alias,
  machine_software, software, evaluation_due, declaration, arbitration, derogation TO vigie_app;
--> statement-breakpoint
GRANT UPDATE ON evidence_current, collection_failure, collector_activity, machine, machine_alias, machine_software,
  evaluation_due, derogation TO vigie_app;
--> statement-breakpoint
GRANT DELETE ON collection_failure TO vigie_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON account, role_grant, session, api_token, collector_account TO vigie_auth;
--> statement-breakpoint
GRANT DELETE ON session, role_grant TO vigie_auth;
--> statement-breakpoint
GRANT INSERT ON journal_entry TO vigie_app, vigie_worker, vigie_auth;
