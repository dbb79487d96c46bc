-- Rows about an establishment are visible exactly when the establishment is.
DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY[
    'proof', 'questionnaire', 'dispute', 'campaign_etablissement', 'campaign_snapshot', 'visit', 'finding',
    'backup_repository', 'backup_size', 'restore_test', 'signing_key', 'log_source'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format(
      'CREATE POLICY %I ON %I FOR ALL TO vigie_app
         USING (uai = ANY ((SELECT vigie_scope(''etablissement''))::text[]) OR uai IN (SELECT e.uai FROM etablissement e))
         WITH CHECK (EXISTS (SELECT 1 FROM etablissement e WHERE e.uai = %I.uai))',
      guarded || '_in_scope', guarded, guarded
    );
  END LOOP;
END
$$;
--> statement-breakpoint
ALTER TABLE campaign ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- A campaign is seen by its académie, and by whoever sees one of its establishments.
CREATE POLICY campaign_in_scope ON campaign FOR ALL TO vigie_app USING (
  academie = ANY ((SELECT vigie_scope('academie'))::text[])
  OR EXISTS (SELECT 1 FROM campaign_etablissement c WHERE c.campaign_id = campaign.id)
) WITH CHECK (academie = ANY ((SELECT vigie_scope('academie'))::text[]));
--> statement-breakpoint
ALTER TABLE review_batch ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY review_batch_in_scope ON review_batch FOR ALL TO vigie_app
  USING (academie = ANY ((SELECT vigie_scope('academie'))::text[]));
--> statement-breakpoint
-- A row that belongs to another is visible when that one is.
DO $$
DECLARE
  pair text[];
BEGIN
  FOREACH pair SLICE 1 IN ARRAY ARRAY[
    ['proof_content', 'proof', 'proof_id'],
    ['declaration_proof', 'proof', 'proof_id'],
    ['finding_proof', 'proof', 'proof_id'],
    ['questionnaire_reply', 'questionnaire', 'questionnaire_id'],
    ['campaign_requirement', 'campaign', 'campaign_id'],
    ['visit_answer', 'visit', 'visit_id'],
    ['log_hour', 'log_source', 'source_id'],
    ['log_sequence', 'log_source', 'source_id']
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', pair[1]);
    EXECUTE format(
      'CREATE POLICY %I ON %I FOR ALL TO vigie_app USING (EXISTS (SELECT 1 FROM %I parent WHERE parent.id = %I.%I))',
      pair[1] || '_in_scope', pair[1], pair[2], pair[1], pair[3]
    );
  END LOOP;
END
$$;
--> statement-breakpoint
-- Frameworks and the legal range of retention hold no data of a school: everyone reads them.
DO $$
DECLARE
  shared text;
BEGIN
  FOREACH shared IN ARRAY ARRAY['framework', 'framework_control', 'framework_mapping', 'log_retention_range'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', shared);
    EXECUTE format('CREATE POLICY %I ON %I FOR SELECT TO vigie_app USING (true)', shared || '_read', shared);
  END LOOP;
END
$$;
--> statement-breakpoint
CREATE POLICY log_retention_range_write ON log_retention_range FOR ALL TO vigie_app
  USING (academie = ANY ((SELECT vigie_scope('academie'))::text[]));
--> statement-breakpoint
DO $$
DECLARE
  held text;
BEGIN
  FOREACH held IN ARRAY ARRAY[
    'proof', 'proof_content', 'declaration_proof', 'questionnaire', 'questionnaire_reply', 'dispute', 'review_batch',
    'campaign', 'campaign_requirement', 'campaign_etablissement', 'campaign_snapshot', 'visit', 'visit_answer', 'finding',
    'finding_proof', 'framework', 'framework_control', 'framework_mapping', 'backup_repository', 'backup_size',
    'restore_test', 'signing_key', 'log_source', 'log_hour', 'log_sequence', 'log_retention_range'
  ] LOOP
    EXECUTE format('CREATE POLICY %I ON %I FOR ALL TO vigie_worker USING (true) WITH CHECK (true)', held || '_worker', held);
    EXECUTE format('GRANT SELECT, INSERT, DELETE ON %I TO vigie_worker', held);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO vigie_app', held);
  END LOOP;
END
$$;
--> statement-breakpoint
-- Frozen or signed rows are never updated: campaign_snapshot, restore_test, proof_content.
GRANT UPDATE ON proof, questionnaire, questionnaire_reply, dispute, review_batch, campaign, campaign_etablissement, visit,
  visit_answer, finding, backup_repository, backup_size, signing_key, log_source, log_hour, log_sequence, log_retention_range
  TO vigie_app, vigie_worker;
--> statement-breakpoint
GRANT DELETE ON proof, proof_content, declaration_proof, finding_proof, questionnaire_reply, campaign, campaign_requirement,
  campaign_etablissement, framework, framework_control, framework_mapping, log_source, log_hour, log_sequence TO vigie_app;
--> statement-breakpoint
GRANT UPDATE ON declaration, arbitration, derogation TO vigie_app, vigie_worker;
--> statement-breakpoint
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO vigie_app, vigie_worker;
