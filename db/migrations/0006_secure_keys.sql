-- The signed-in account, for what a person may do with a key of their own; unset means nobody.
CREATE FUNCTION vigie_account() RETURNS uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN nullif(current_setting('vigie.account', true), '')::uuid;
END
$$;
--> statement-breakpoint
ALTER TABLE otp_holder ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY otp_holder_in_scope ON otp_holder FOR ALL TO vigie_app USING (
  academie = ANY ((SELECT vigie_scope('academie'))::text[])
  OR departement = ANY ((SELECT vigie_scope('departement'))::text[])
  OR circonscription = ANY ((SELECT vigie_scope('circonscription'))::text[])
  OR uai = ANY ((SELECT vigie_scope('etablissement'))::text[])
  OR account_id = (SELECT vigie_account())
);
--> statement-breakpoint
-- Keys and slips are placed like their holder; a person also sees those of their own.
DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['otp_key', 'bordereau'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format(
      'CREATE POLICY %I ON %I FOR ALL TO vigie_app USING (
         academie = ANY ((SELECT vigie_scope(''academie''))::text[])
         OR departement = ANY ((SELECT vigie_scope(''departement''))::text[])
         OR circonscription = ANY ((SELECT vigie_scope(''circonscription''))::text[])
         OR uai = ANY ((SELECT vigie_scope(''etablissement''))::text[])
         OR holder_id IN (SELECT h.id FROM otp_holder h WHERE h.account_id = (SELECT vigie_account()))
       )',
      guarded || '_in_scope', guarded
    );
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['key_shipment', 'stock_threshold', 'weekly_report'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format(
      'CREATE POLICY %I ON %I FOR ALL TO vigie_app USING (
         academie = ANY ((SELECT vigie_scope(''academie''))::text[])
         OR departement = ANY ((SELECT vigie_scope(''departement''))::text[])
       )',
      guarded || '_in_scope', guarded
    );
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['key_import', 'report_recipient', 'mail_message'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format(
      'CREATE POLICY %I ON %I FOR ALL TO vigie_app USING (academie = ANY ((SELECT vigie_scope(''academie''))::text[]))',
      guarded || '_in_scope', guarded
    );
  END LOOP;
END
$$;
--> statement-breakpoint
-- Rows that hang on a key, a holder, a slip or a shipment are visible exactly when it is.
DO $$
DECLARE
  link text[];
BEGIN
  FOREACH link SLICE 1 IN ARRAY ARRAY[
    ['otp_secret', 'key_id', 'otp_key', 'id'],
    ['otp_credential', 'holder_id', 'otp_holder', 'id'],
    ['key_procedure', 'holder_id', 'otp_holder', 'id'],
    ['hand_over_guest', 'holder_id', 'otp_holder', 'id'],
    ['bordereau_scan', 'bordereau_id', 'bordereau', 'id'],
    ['key_shipment_item', 'shipment_id', 'key_shipment', 'id']
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', link[1]);
    EXECUTE format(
      'CREATE POLICY %I ON %I FOR ALL TO vigie_app USING (EXISTS (SELECT 1 FROM %I p WHERE p.%I = %I.%I))',
      link[1] || '_in_scope', link[1], link[3], link[4], link[1], link[2]
    );
  END LOOP;
END
$$;
--> statement-breakpoint
ALTER TABLE key_transition ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- The history of a holder outlives the key, which goes back to a stock that his superior does not see.
CREATE POLICY key_transition_in_scope ON key_transition FOR ALL TO vigie_app
  USING (
    EXISTS (SELECT 1 FROM otp_key k WHERE k.id = key_transition.key_id)
    OR EXISTS (SELECT 1 FROM otp_holder h WHERE h.id = key_transition.holder_id)
  )
  WITH CHECK (EXISTS (SELECT 1 FROM otp_key k WHERE k.id = key_transition.key_id));
--> statement-breakpoint
ALTER TABLE hand_over_session ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY hand_over_session_in_scope ON hand_over_session FOR ALL TO vigie_app
  USING (
    academie = ANY ((SELECT vigie_scope('academie'))::text[])
    OR id IN (SELECT g.session_id FROM hand_over_guest g)
  )
  WITH CHECK (academie = ANY ((SELECT vigie_scope('academie'))::text[]));
--> statement-breakpoint
DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY[
    'otp_key', 'otp_holder', 'otp_secret', 'otp_credential', 'key_transition', 'key_import', 'key_shipment',
    'key_shipment_item', 'stock_threshold', 'key_procedure', 'hand_over_session', 'hand_over_guest',
    'bordereau', 'bordereau_scan', 'weekly_report', 'report_recipient', 'mail_message'
  ] LOOP
    EXECUTE format(
      'CREATE POLICY %I ON %I FOR ALL TO vigie_worker USING (true) WITH CHECK (true)', guarded || '_worker', guarded
    );
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO vigie_worker', guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['otp_key', 'otp_secret', 'otp_credential', 'key_transition'] LOOP
    EXECUTE format(
      'CREATE POLICY %I ON %I FOR ALL TO vigie_otp USING (true) WITH CHECK (true)', guarded || '_path', guarded
    );
  END LOOP;
END
$$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON otp_key, otp_holder, key_shipment, stock_threshold, key_procedure, hand_over_session,
  hand_over_guest TO vigie_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON key_transition, key_import, key_shipment_item, bordereau, bordereau_scan, report_recipient TO vigie_app;
--> statement-breakpoint
GRANT SELECT ON weekly_report, mail_message TO vigie_app;
--> statement-breakpoint
GRANT INSERT ON mail_message TO vigie_app;
--> statement-breakpoint
GRANT DELETE ON stock_threshold, report_recipient, hand_over_guest TO vigie_app;
--> statement-breakpoint
-- A shipment that nobody received may be called back; its slip and its journal rows stay.
GRANT DELETE ON key_shipment, key_shipment_item TO vigie_app;
--> statement-breakpoint
GRANT DELETE ON stock_threshold, key_shipment, key_shipment_item TO vigie_worker;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON bordereau_series TO vigie_app, vigie_worker;
--> statement-breakpoint
-- The screens never read a seed, a PIN or a limited-time password: those columns are not theirs.
GRANT SELECT (key_id, type, algorithm, digits, period, counter, drift), INSERT ON otp_secret TO vigie_app;
--> statement-breakpoint
GRANT SELECT (holder_id, academie, login, key_id, active, pepper_id, fail_count, paused_until, temporary_until, last_accepted_at),
  INSERT, UPDATE (login, key_id, active, pin_mac, pepper_id, fail_count, paused_until, temporary_mac, temporary_until)
  ON otp_credential TO vigie_app;
--> statement-breakpoint
-- The verification path: these few tables, and the journal's end.
GRANT SELECT, UPDATE (counter, drift) ON otp_secret TO vigie_otp;
--> statement-breakpoint
GRANT SELECT, UPDATE (fail_count, paused_until, temporary_mac, temporary_until, pin_mac, pepper_id, active, last_accepted_at)
  ON otp_credential TO vigie_otp;
--> statement-breakpoint
GRANT SELECT (id, state), UPDATE (state, state_since) ON otp_key TO vigie_otp;
--> statement-breakpoint
GRANT INSERT ON key_transition TO vigie_otp;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON otp_source, otp_answer TO vigie_otp, vigie_worker;
--> statement-breakpoint
GRANT SELECT, UPDATE ON otp_decoy TO vigie_otp;
--> statement-breakpoint
INSERT INTO otp_decoy (slot, writes) SELECT slot, 0 FROM generate_series(0, 1023) AS slot;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO vigie_otp;
--> statement-breakpoint
GRANT SELECT (id, name, token_hash, scope, perimeter_kind, perimeter_code, expires_at, revoked_at) ON api_token TO vigie_otp;
--> statement-breakpoint
GRANT INSERT ON journal_entry TO vigie_otp;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE journal_entry_id_seq TO vigie_otp;
--> statement-breakpoint
CREATE POLICY journal_entry_append_path ON journal_entry FOR INSERT TO vigie_otp WITH CHECK (true);
--> statement-breakpoint
-- Signing in asks which holder an account is.
GRANT SELECT (id, account_id, academie, login) ON otp_holder TO vigie_auth;
--> statement-breakpoint
GRANT SELECT (holder_id, key_id, active) ON otp_credential TO vigie_auth;
--> statement-breakpoint
CREATE POLICY otp_holder_auth ON otp_holder FOR SELECT TO vigie_auth USING (true);
--> statement-breakpoint
CREATE POLICY otp_credential_auth ON otp_credential FOR SELECT TO vigie_auth USING (true);
