-- Rows about an establishment are visible exactly when the establishment is.
DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['supervision_target', 'service_availability'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format(
      'CREATE POLICY %I ON %I FOR ALL TO vigie_app
         USING (uai = ANY ((SELECT vigie_scope(''etablissement''))::text[]) OR uai IN (SELECT e.uai FROM etablissement e))
         WITH CHECK (EXISTS (SELECT 1 FROM etablissement e WHERE e.uai = %I.uai))',
      guarded || '_in_scope', guarded, guarded
    );
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY[
    'alert_threshold', 'otp_traffic', 'incident_recipient', 'connector', 'connector_delivery'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format(
      'CREATE POLICY %I ON %I FOR ALL TO vigie_app USING (academie = ANY ((SELECT vigie_scope(''academie''))::text[]))',
      guarded || '_in_scope', guarded
    );
  END LOOP;
END
$$;
--> statement-breakpoint
ALTER TABLE incident ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- An incident of an establishment is seen by who sees the establishment; any other, by its département or académie.
CREATE POLICY incident_in_scope ON incident FOR ALL TO vigie_app USING (
  academie = ANY ((SELECT vigie_scope('academie'))::text[])
  OR departement = ANY ((SELECT vigie_scope('departement'))::text[])
  OR uai = ANY ((SELECT vigie_scope('etablissement'))::text[])
  OR uai IN (SELECT e.uai FROM etablissement e)
);
--> statement-breakpoint
DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['incident_alert', 'incident_event', 'incident_ticket'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format(
      'CREATE POLICY %I ON %I FOR ALL TO vigie_app USING (EXISTS (SELECT 1 FROM incident i WHERE i.id = %I.incident_id))',
      guarded || '_in_scope', guarded, guarded
    );
  END LOOP;
END
$$;
--> statement-breakpoint
-- They hold no data of a school: whoever may read supervision reads them.
ALTER TABLE job_activity ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY job_activity_read ON job_activity FOR SELECT TO vigie_app USING (true);
--> statement-breakpoint
ALTER TABLE journal_verification ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY journal_verification_read ON journal_verification FOR SELECT TO vigie_app USING (true);
--> statement-breakpoint
DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY[
    'supervision_target', 'service_availability', 'alert_threshold', 'otp_traffic', 'job_activity', 'journal_verification',
    'incident', 'incident_alert', 'incident_event', 'incident_recipient', 'connector', 'connector_delivery', 'incident_ticket'
  ] LOOP
    EXECUTE format(
      'CREATE POLICY %I ON %I FOR ALL TO vigie_worker USING (true) WITH CHECK (true)', guarded || '_worker', guarded
    );
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO vigie_worker', guarded);
  END LOOP;
END
$$;
--> statement-breakpoint
GRANT SELECT ON supervision_target, service_availability, alert_threshold, otp_traffic, job_activity, journal_verification,
  incident, incident_alert, incident_event, incident_recipient, connector_delivery, incident_ticket TO vigie_app;
--> statement-breakpoint
GRANT INSERT ON supervision_target, alert_threshold, incident, incident_alert, incident_event, incident_recipient,
  connector, connector_delivery TO vigie_app;
--> statement-breakpoint
GRANT UPDATE ON supervision_target, alert_threshold, incident, incident_alert, incident_recipient, connector_delivery TO vigie_app;
--> statement-breakpoint
GRANT DELETE ON supervision_target, alert_threshold, incident_recipient TO vigie_app;
--> statement-breakpoint
-- The screens never read a connector's secret back.
GRANT SELECT (id, academie, kind, name, url, severity, options, created_at, created_by, disabled_at) ON connector TO vigie_app;
--> statement-breakpoint
GRANT UPDATE (name, url, severity, secret_sealed, seal_key_id, options, disabled_at) ON connector TO vigie_app;
--> statement-breakpoint
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO vigie_app, vigie_worker;
