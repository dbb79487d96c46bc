ALTER TABLE "derogation" ADD COLUMN "requested_until" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "declaration_expiry_idx" ON "declaration" USING btree ("expires_at") WHERE "declaration"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "derogation_pending_idx" ON "derogation" USING btree ("requested_at") WHERE "derogation"."approved_at" is null and "derogation"."refused_at" is null and "derogation"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "derogation_batch_idx" ON "derogation" USING btree ("batch_id") WHERE "derogation"."batch_id" is not null;--> statement-breakpoint
CREATE INDEX "requirement_status_reopened_idx" ON "requirement_status" USING btree ("uai") WHERE "requirement_status"."reopened";--> statement-breakpoint
CREATE UNIQUE INDEX "dispute_one_open" ON "dispute" USING btree ("uai","requirement") WHERE "dispute"."decided_at" is null;--> statement-breakpoint
CREATE INDEX "dispute_batch_idx" ON "dispute" USING btree ("batch_id") WHERE "dispute"."batch_id" is not null;