ALTER TABLE "campaign_etablissement" ADD COLUMN "services" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "arbitration" ADD COLUMN "visit_id" uuid;--> statement-breakpoint
CREATE INDEX "campaign_etablissement_officer_idx" ON "campaign_etablissement" USING btree ("officer","visit_on");--> statement-breakpoint
CREATE INDEX "arbitration_visit_idx" ON "arbitration" USING btree ("visit_id");--> statement-breakpoint
-- What was frozen is neither changed nor taken away.
REVOKE DELETE ON campaign_snapshot FROM vigie_worker;
