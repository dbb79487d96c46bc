CREATE TABLE "backup_repository" (
	"uai" text NOT NULL,
	"repository" text NOT NULL,
	"tool" text NOT NULL,
	"covers" text NOT NULL,
	"last_success_at" timestamp with time zone,
	"planned_interval_hours" double precision,
	"seen_interval_hours" double precision,
	"versions" integer NOT NULL,
	"size_bytes" bigint,
	"encrypted" boolean,
	"remote" boolean,
	"transport_encrypted" boolean,
	"data_checked_at" timestamp with time zone,
	"check_failed_at" timestamp with time zone,
	"reported_at" timestamp with time zone NOT NULL,
	"collector" text NOT NULL,
	CONSTRAINT "backup_repository_uai_repository_pk" PRIMARY KEY("uai","repository")
);
--> statement-breakpoint
CREATE TABLE "backup_size" (
	"uai" text NOT NULL,
	"repository" text NOT NULL,
	"day" date NOT NULL,
	"size_bytes" bigint NOT NULL,
	CONSTRAINT "backup_size_uai_repository_day_pk" PRIMARY KEY("uai","repository","day")
);
--> statement-breakpoint
CREATE TABLE "restore_test" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uai" text NOT NULL,
	"repository" text,
	"performed_at" timestamp with time zone NOT NULL,
	"performed_by" text NOT NULL,
	"restored" text NOT NULL,
	"result" text NOT NULL,
	"duration_minutes" integer,
	"comment" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"payload" text NOT NULL,
	"signature" text NOT NULL,
	"key_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signing_key" (
	"id" text PRIMARY KEY NOT NULL,
	"uai" text NOT NULL,
	"label" text NOT NULL,
	"public_key" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" uuid NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "campaign" (
	"id" uuid PRIMARY KEY NOT NULL,
	"academie" text NOT NULL,
	"name" text NOT NULL,
	"purpose" text NOT NULL,
	"perimeter_kind" text NOT NULL,
	"perimeter_code" text NOT NULL,
	"degree" text,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"state" text NOT NULL,
	"based_on" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" uuid NOT NULL,
	"opened_at" timestamp with time zone,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "campaign_etablissement" (
	"campaign_id" uuid NOT NULL,
	"uai" text NOT NULL,
	"officer" uuid,
	"visit_on" date,
	"total" integer NOT NULL,
	"observed" integer NOT NULL,
	"answered" integer NOT NULL,
	"findings" integer NOT NULL,
	"visited_at" timestamp with time zone,
	"counted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "campaign_etablissement_campaign_id_uai_pk" PRIMARY KEY("campaign_id","uai")
);
--> statement-breakpoint
CREATE TABLE "campaign_requirement" (
	"campaign_id" uuid NOT NULL,
	"requirement" text NOT NULL,
	CONSTRAINT "campaign_requirement_campaign_id_requirement_pk" PRIMARY KEY("campaign_id","requirement")
);
--> statement-breakpoint
CREATE TABLE "campaign_snapshot" (
	"campaign_id" uuid NOT NULL,
	"phase" text NOT NULL,
	"uai" text NOT NULL,
	"statuses" jsonb NOT NULL,
	"e_points" integer NOT NULL,
	"e_applicable" integer NOT NULL,
	"r_points" integer NOT NULL,
	"r_applicable" integer NOT NULL,
	"fresh" integer NOT NULL,
	"applicable" integer NOT NULL,
	"frozen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "campaign_snapshot_campaign_id_phase_uai_pk" PRIMARY KEY("campaign_id","phase","uai")
);
--> statement-breakpoint
CREATE TABLE "finding" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uai" text NOT NULL,
	"requirement" text,
	"campaign_id" uuid,
	"visit_id" uuid,
	"nature" text NOT NULL,
	"description" text NOT NULL,
	"party" text NOT NULL,
	"due_on" date,
	"state" text NOT NULL,
	"comment" text,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" uuid NOT NULL,
	"settled_at" timestamp with time zone,
	"settled_by" uuid
);
--> statement-breakpoint
CREATE TABLE "finding_proof" (
	"finding_id" uuid NOT NULL,
	"proof_id" uuid NOT NULL,
	CONSTRAINT "finding_proof_finding_id_proof_id_pk" PRIMARY KEY("finding_id","proof_id")
);
--> statement-breakpoint
CREATE TABLE "visit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uai" text NOT NULL,
	"campaign_id" uuid,
	"officer" uuid NOT NULL,
	"visited_on" date NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "visit_answer" (
	"id" uuid PRIMARY KEY NOT NULL,
	"visit_id" uuid NOT NULL,
	"requirement" text NOT NULL,
	"verdict" text NOT NULL,
	"comment" text NOT NULL,
	"answered_at" timestamp with time zone NOT NULL,
	"answered_by" uuid NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"based_on" uuid,
	"standing" boolean NOT NULL,
	"conflicts_with" uuid
);
--> statement-breakpoint
CREATE TABLE "framework" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"version" text NOT NULL,
	"catalog_uuid" text NOT NULL,
	"sha256" text NOT NULL,
	"imported_at" timestamp with time zone NOT NULL,
	"imported_by" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "framework_control" (
	"framework_id" text NOT NULL,
	"control" text NOT NULL,
	"position" integer NOT NULL,
	"group" text NOT NULL,
	"title" text NOT NULL,
	"statement" text NOT NULL,
	"props" jsonb NOT NULL,
	CONSTRAINT "framework_control_framework_id_control_pk" PRIMARY KEY("framework_id","control")
);
--> statement-breakpoint
CREATE TABLE "framework_mapping" (
	"framework_id" text NOT NULL,
	"control" text NOT NULL,
	"requirement" text NOT NULL,
	CONSTRAINT "framework_mapping_framework_id_control_requirement_pk" PRIMARY KEY("framework_id","control","requirement")
);
--> statement-breakpoint
CREATE TABLE "log_hour" (
	"source_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"received" bigint NOT NULL,
	"structured" bigint NOT NULL,
	"login_accepted" bigint NOT NULL,
	"login_refused" bigint NOT NULL,
	"mail_sent" bigint NOT NULL,
	"mail_authored" bigint NOT NULL,
	"missing" bigint NOT NULL,
	"repeated" bigint NOT NULL,
	CONSTRAINT "log_hour_source_id_hour_pk" PRIMARY KEY("source_id","hour")
);
--> statement-breakpoint
CREATE TABLE "log_retention_range" (
	"academie" text PRIMARY KEY NOT NULL,
	"shortest_days" integer NOT NULL,
	"longest_days" integer NOT NULL,
	"decided_on" date NOT NULL,
	"decided_by" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_sequence" (
	"source_id" uuid NOT NULL,
	"emitter" text NOT NULL,
	"last" bigint NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "log_sequence_source_id_emitter_pk" PRIMARY KEY("source_id","emitter")
);
--> statement-breakpoint
CREATE TABLE "log_source" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uai" text NOT NULL,
	"label" text NOT NULL,
	"fingerprint" text,
	"certificate_name" text,
	"retention_days" double precision,
	"retention_seen_at" timestamp with time zone,
	"last_message_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" uuid NOT NULL,
	"disabled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "declaration_proof" (
	"declaration_id" uuid NOT NULL,
	"proof_id" uuid NOT NULL,
	CONSTRAINT "declaration_proof_declaration_id_proof_id_pk" PRIMARY KEY("declaration_id","proof_id")
);
--> statement-breakpoint
CREATE TABLE "proof" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uai" text NOT NULL,
	"file_name" text NOT NULL,
	"media_type" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"description" text,
	"effective_on" date,
	"uploaded_at" timestamp with time zone NOT NULL,
	"uploaded_by" uuid NOT NULL,
	"scanner" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proof_content" (
	"proof_id" uuid PRIMARY KEY NOT NULL,
	"content" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "questionnaire" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uai" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"started_by" uuid NOT NULL,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "questionnaire_reply" (
	"questionnaire_id" uuid NOT NULL,
	"requirement" text NOT NULL,
	"reply" text NOT NULL,
	"declaration_id" uuid,
	"replied_at" timestamp with time zone NOT NULL,
	"replied_by" uuid NOT NULL,
	CONSTRAINT "questionnaire_reply_questionnaire_id_requirement_pk" PRIMARY KEY("questionnaire_id","requirement")
);
--> statement-breakpoint
CREATE TABLE "dispute" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uai" text NOT NULL,
	"requirement" text NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"opened_by" uuid NOT NULL,
	"decision" text,
	"decision_reason" text,
	"decided_at" timestamp with time zone,
	"decided_by" uuid,
	"arbitration_id" uuid,
	"batch_id" uuid
);
--> statement-breakpoint
CREATE TABLE "review_batch" (
	"id" uuid PRIMARY KEY NOT NULL,
	"academie" text NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"decisions" integer NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	"decided_by" uuid NOT NULL,
	"undone_at" timestamp with time zone,
	"undone_by" uuid
);
--> statement-breakpoint
ALTER TABLE "arbitration" ADD COLUMN "batch_id" uuid;--> statement-breakpoint
ALTER TABLE "arbitration" ADD COLUMN "withdrawn_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "arbitration" ADD COLUMN "withdrawn_by" uuid;--> statement-breakpoint
ALTER TABLE "declaration" ADD COLUMN "origin" text DEFAULT 'form' NOT NULL;--> statement-breakpoint
ALTER TABLE "declaration" ADD COLUMN "reminded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "declaration" ADD COLUMN "withdrawn_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "declaration" ADD COLUMN "withdrawn_by" uuid;--> statement-breakpoint
ALTER TABLE "derogation" ADD COLUMN "refused_by" uuid;--> statement-breakpoint
ALTER TABLE "derogation" ADD COLUMN "refused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "derogation" ADD COLUMN "refusal_reason" text;--> statement-breakpoint
ALTER TABLE "derogation" ADD COLUMN "batch_id" uuid;--> statement-breakpoint
ALTER TABLE "derogation" ADD COLUMN "withdrawn_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "derogation" ADD COLUMN "withdrawn_by" uuid;--> statement-breakpoint
ALTER TABLE "requirement_status" ADD COLUMN "rule_version" integer;--> statement-breakpoint
ALTER TABLE "status_change" ADD COLUMN "counted" text;--> statement-breakpoint
ALTER TABLE "status_change" ADD COLUMN "basis" text;--> statement-breakpoint
ALTER TABLE "status_change" ADD COLUMN "rule_version" integer;--> statement-breakpoint
CREATE INDEX "restore_test_uai_idx" ON "restore_test" USING btree ("uai","performed_at");--> statement-breakpoint
CREATE INDEX "signing_key_uai_idx" ON "signing_key" USING btree ("uai");--> statement-breakpoint
CREATE INDEX "campaign_academie_idx" ON "campaign" USING btree ("academie","starts_on");--> statement-breakpoint
CREATE INDEX "campaign_etablissement_uai_idx" ON "campaign_etablissement" USING btree ("uai");--> statement-breakpoint
CREATE INDEX "finding_uai_idx" ON "finding" USING btree ("uai","state");--> statement-breakpoint
CREATE INDEX "finding_campaign_idx" ON "finding" USING btree ("campaign_id");--> statement-breakpoint
CREATE INDEX "finding_proof_proof_idx" ON "finding_proof" USING btree ("proof_id");--> statement-breakpoint
CREATE INDEX "visit_uai_idx" ON "visit" USING btree ("uai","visited_on");--> statement-breakpoint
CREATE INDEX "visit_campaign_idx" ON "visit" USING btree ("campaign_id");--> statement-breakpoint
CREATE INDEX "visit_answer_idx" ON "visit_answer" USING btree ("visit_id","requirement");--> statement-breakpoint
CREATE INDEX "framework_mapping_requirement_idx" ON "framework_mapping" USING btree ("requirement");--> statement-breakpoint
CREATE INDEX "log_source_uai_idx" ON "log_source" USING btree ("uai");--> statement-breakpoint
CREATE UNIQUE INDEX "log_source_fingerprint_unique" ON "log_source" USING btree ("fingerprint");--> statement-breakpoint
CREATE UNIQUE INDEX "log_source_name_unique" ON "log_source" USING btree ("certificate_name");--> statement-breakpoint
CREATE INDEX "declaration_proof_proof_idx" ON "declaration_proof" USING btree ("proof_id");--> statement-breakpoint
CREATE INDEX "proof_uai_idx" ON "proof" USING btree ("uai","uploaded_at");--> statement-breakpoint
CREATE INDEX "questionnaire_uai_idx" ON "questionnaire" USING btree ("uai","started_at");--> statement-breakpoint
CREATE INDEX "dispute_open_idx" ON "dispute" USING btree ("decided_at","uai");--> statement-breakpoint
CREATE INDEX "dispute_uai_idx" ON "dispute" USING btree ("uai","requirement");--> statement-breakpoint
CREATE INDEX "review_batch_idx" ON "review_batch" USING btree ("academie","decided_at");