CREATE TABLE "account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"login" text NOT NULL,
	"display_name" text NOT NULL,
	"password_hash" text NOT NULL,
	"demonstration" boolean DEFAULT false NOT NULL,
	"disabled_at" timestamp with time zone,
	"failed_count" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone,
	"last_visit_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "account_login_unique" UNIQUE("login")
);
--> statement-breakpoint
CREATE TABLE "api_token" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"token_hash" text NOT NULL,
	"scope" text NOT NULL,
	"perimeter_kind" text NOT NULL,
	"perimeter_code" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_token_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "collector_account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uai" text NOT NULL,
	"login" text NOT NULL,
	"secret_hash" text NOT NULL,
	"options" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "collector_account_login_unique" UNIQUE("login")
);
--> statement-breakpoint
CREATE TABLE "role_grant" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"role" text NOT NULL,
	"perimeter_kind" text NOT NULL,
	"perimeter_code" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"rotated_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"superseded_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "arbitration" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uai" text NOT NULL,
	"requirement" text NOT NULL,
	"verdict" text NOT NULL,
	"observed_verdict" text NOT NULL,
	"evidence_at" timestamp with time zone,
	"reason" text NOT NULL,
	"author" uuid NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "declaration" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uai" text NOT NULL,
	"requirement" text NOT NULL,
	"verdict" text NOT NULL,
	"comment" text NOT NULL,
	"author" uuid NOT NULL,
	"declared_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "derogation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uai" text NOT NULL,
	"requirement" text NOT NULL,
	"justification" text NOT NULL,
	"requested_by" uuid NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"approved_by" uuid,
	"approved_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "etablissement_score" (
	"uai" text PRIMARY KEY NOT NULL,
	"e_points" integer NOT NULL,
	"e_applicable" integer NOT NULL,
	"r_points" integer NOT NULL,
	"r_applicable" integer NOT NULL,
	"f_points" integer NOT NULL,
	"f_applicable" integer NOT NULL,
	"fresh" integer NOT NULL,
	"applicable" integer NOT NULL,
	"contradictions" integer NOT NULL,
	"derogations" integer NOT NULL,
	"unknown" integer NOT NULL,
	"non_compliant" integer NOT NULL,
	"exige_rate" double precision,
	"carine_index" double precision,
	"evaluated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evaluation_due" (
	"uai" text PRIMARY KEY NOT NULL,
	"due_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "requirement_status" (
	"uai" text NOT NULL,
	"requirement" text NOT NULL,
	"service" text NOT NULL,
	"verdict" text NOT NULL,
	"unknown_reason" text,
	"reason" text NOT NULL,
	"figures" jsonb NOT NULL,
	"status" text NOT NULL,
	"counted" text NOT NULL,
	"basis" text NOT NULL,
	"reopened" boolean DEFAULT false NOT NULL,
	"derogated_until" timestamp with time zone,
	"stale_at" timestamp with time zone,
	"since" timestamp with time zone NOT NULL,
	"evaluated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "requirement_status_uai_requirement_pk" PRIMARY KEY("uai","requirement")
);
--> statement-breakpoint
CREATE TABLE "score_history" (
	"uai" text NOT NULL,
	"day" date NOT NULL,
	"e_points" integer NOT NULL,
	"e_applicable" integer NOT NULL,
	"r_points" integer NOT NULL,
	"r_applicable" integer NOT NULL,
	"f_points" integer NOT NULL,
	"f_applicable" integer NOT NULL,
	"fresh" integer NOT NULL,
	"applicable" integer NOT NULL,
	"contradictions" integer NOT NULL,
	"derogations" integer NOT NULL,
	"unknown" integer NOT NULL,
	"non_compliant" integer NOT NULL,
	"exige_rate" double precision,
	"carine_index" double precision,
	CONSTRAINT "score_history_uai_day_pk" PRIMARY KEY("uai","day")
);
--> statement-breakpoint
CREATE TABLE "service_rollup" (
	"uai" text NOT NULL,
	"service" text NOT NULL,
	"e_points" integer NOT NULL,
	"e_applicable" integer NOT NULL,
	"r_points" integer NOT NULL,
	"r_applicable" integer NOT NULL,
	"f_points" integer NOT NULL,
	"f_applicable" integer NOT NULL,
	"fresh" integer NOT NULL,
	"applicable" integer NOT NULL,
	"contradictions" integer NOT NULL,
	"derogations" integer NOT NULL,
	"unknown" integer NOT NULL,
	"non_compliant" integer NOT NULL,
	CONSTRAINT "service_rollup_uai_service_pk" PRIMARY KEY("uai","service")
);
--> statement-breakpoint
CREATE TABLE "status_change" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"uai" text NOT NULL,
	"requirement" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"from_status" text,
	"to_status" text NOT NULL,
	"verdict" text NOT NULL,
	"reason" text NOT NULL,
	"figures" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "annuaire_import" (
	"id" uuid PRIMARY KEY NOT NULL,
	"file_name" text NOT NULL,
	"sha256" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone NOT NULL,
	"rows" integer NOT NULL,
	"created" integer NOT NULL,
	"updated" integer NOT NULL,
	"unchanged" integer NOT NULL,
	"closed" integer NOT NULL,
	"reopened" integer NOT NULL,
	"refused" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "annuaire_refusal" (
	"import_id" uuid NOT NULL,
	"id" bigserial NOT NULL,
	"line" integer NOT NULL,
	"field" text NOT NULL,
	"reason" text NOT NULL,
	CONSTRAINT "annuaire_refusal_import_id_id_pk" PRIMARY KEY("import_id","id")
);
--> statement-breakpoint
CREATE TABLE "etablissement" (
	"uai" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"degree" text NOT NULL,
	"sector" text NOT NULL,
	"commune_code" text NOT NULL,
	"commune" text NOT NULL,
	"departement" text NOT NULL,
	"academie" text NOT NULL,
	"region" text NOT NULL,
	"circonscription" text,
	"circonscription_name" text,
	"bassin" text,
	"bassin_name" text,
	"collectivite" text NOT NULL,
	"pupils" integer,
	"latitude" double precision,
	"longitude" double precision,
	"opened_on" date,
	"closed_on" date,
	"state" text NOT NULL,
	"mother_uai" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sharing_override" (
	"academie" text NOT NULL,
	"degree" text NOT NULL,
	"requirement" text NOT NULL,
	"party" text NOT NULL,
	CONSTRAINT "sharing_override_academie_degree_requirement_pk" PRIMARY KEY("academie","degree","requirement")
);
--> statement-breakpoint
CREATE TABLE "collection_failure" (
	"uai" text NOT NULL,
	"key" text NOT NULL,
	"collector" text NOT NULL,
	"failed_at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	CONSTRAINT "collection_failure_uai_key_pk" PRIMARY KEY("uai","key")
);
--> statement-breakpoint
CREATE TABLE "collection_run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uai" text NOT NULL,
	"collector" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"duration_ms" integer NOT NULL,
	"outcome" text NOT NULL,
	"evidence_count" integer NOT NULL,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "collector_activity" (
	"uai" text NOT NULL,
	"collector" text NOT NULL,
	"last_success_at" timestamp with time zone,
	"last_failure_at" timestamp with time zone,
	"last_error" text,
	CONSTRAINT "collector_activity_uai_collector_pk" PRIMARY KEY("uai","collector")
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"id" bigserial NOT NULL,
	"uai" text NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"source" text NOT NULL,
	"collector" text NOT NULL,
	CONSTRAINT "evidence_observed_at_id_pk" PRIMARY KEY("observed_at","id")
) PARTITION BY RANGE ("observed_at");
--> statement-breakpoint
CREATE TABLE "evidence_current" (
	"uai" text NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"source" text NOT NULL,
	"collector" text NOT NULL,
	CONSTRAINT "evidence_current_uai_key_pk" PRIMARY KEY("uai","key")
);
--> statement-breakpoint
CREATE TABLE "journal_batch" (
	"sequence" bigint PRIMARY KEY NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"to_at" timestamp with time zone NOT NULL,
	"entry_ids" bigint[] NOT NULL,
	"entry_hashes" text[] NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	"mac" text NOT NULL,
	"key_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "journal_entry" (
	"id" bigserial NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"uai" text,
	"details" jsonb NOT NULL,
	"request_id" text,
	CONSTRAINT "journal_entry_at_id_pk" PRIMARY KEY("at","id")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "journal_pending" (
	"entry_id" bigint PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "machine" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uai" text NOT NULL,
	"identity" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"usage" text,
	"shared" boolean,
	"manufacturer" text,
	"model" text,
	"serial" text,
	"hardware_uuid" text,
	"bios_date" text,
	"os_name" text,
	"os_version" text,
	"os_kernel" text,
	"os_installed_at" timestamp with time zone,
	"last_boot_at" timestamp with time zone,
	"last_update_at" timestamp with time zone,
	"architecture" text,
	"processor" text,
	"memory_mb" integer,
	"disk_mb" integer,
	"disk_encrypted" boolean,
	"antivirus" text,
	"antivirus_active" boolean,
	"antivirus_up_to_date" boolean,
	"firewall_active" boolean,
	"agent" text NOT NULL,
	"sections" jsonb NOT NULL,
	"content_digest" text NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_inventory_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "machine_alias" (
	"uai" text NOT NULL,
	"device_id" text NOT NULL,
	"machine_id" uuid NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "machine_alias_uai_device_id_pk" PRIMARY KEY("uai","device_id")
);
--> statement-breakpoint
CREATE TABLE "machine_software" (
	"machine_id" uuid PRIMARY KEY NOT NULL,
	"uai" text NOT NULL,
	"digest" text NOT NULL,
	"software_ids" integer[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "software" (
	"id" serial PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"version" text NOT NULL,
	"publisher" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annuaire_refusal" ADD CONSTRAINT "annuaire_refusal_import_id_annuaire_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."annuaire_import"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "machine_alias" ADD CONSTRAINT "machine_alias_machine_id_machine_id_fk" FOREIGN KEY ("machine_id") REFERENCES "public"."machine"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "machine_software" ADD CONSTRAINT "machine_software_machine_id_machine_id_fk" FOREIGN KEY ("machine_id") REFERENCES "public"."machine"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "role_grant_unique" ON "role_grant" USING btree ("account_id","role","perimeter_kind","perimeter_code");--> statement-breakpoint
CREATE INDEX "session_account_idx" ON "session" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "session_expires_idx" ON "session" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "arbitration_idx" ON "arbitration" USING btree ("uai","requirement","decided_at");--> statement-breakpoint
CREATE INDEX "declaration_idx" ON "declaration" USING btree ("uai","requirement","declared_at");--> statement-breakpoint
CREATE INDEX "derogation_idx" ON "derogation" USING btree ("uai","requirement");--> statement-breakpoint
CREATE INDEX "evaluation_due_at_idx" ON "evaluation_due" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "requirement_status_requirement_idx" ON "requirement_status" USING btree ("requirement","status","uai");--> statement-breakpoint
CREATE INDEX "requirement_status_status_idx" ON "requirement_status" USING btree ("status","requirement","uai");--> statement-breakpoint
CREATE INDEX "requirement_status_stale_idx" ON "requirement_status" USING btree ("uai") WHERE "requirement_status"."unknown_reason" = 'stale';--> statement-breakpoint
CREATE INDEX "service_rollup_service_idx" ON "service_rollup" USING btree ("service");--> statement-breakpoint
CREATE INDEX "status_change_history_idx" ON "status_change" USING btree ("uai","requirement","at");--> statement-breakpoint
CREATE INDEX "status_change_recent_idx" ON "status_change" USING btree ("at");--> statement-breakpoint
CREATE INDEX "etablissement_academie_idx" ON "etablissement" USING btree ("academie","state","departement");--> statement-breakpoint
CREATE INDEX "etablissement_collectivite_idx" ON "etablissement" USING btree ("collectivite");--> statement-breakpoint
CREATE INDEX "etablissement_circonscription_idx" ON "etablissement" USING btree ("circonscription");--> statement-breakpoint
CREATE INDEX "etablissement_bassin_idx" ON "etablissement" USING btree ("bassin");--> statement-breakpoint
CREATE INDEX "collection_run_idx" ON "collection_run" USING btree ("uai","collector","started_at");--> statement-breakpoint
CREATE INDEX "evidence_timeline_idx" ON "evidence" USING btree ("uai","key","observed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "machine_identity_unique" ON "machine" USING btree ("uai","identity");--> statement-breakpoint
CREATE INDEX "machine_uai_name_idx" ON "machine" USING btree ("uai","name");--> statement-breakpoint
CREATE INDEX "machine_alias_machine_idx" ON "machine_alias" USING btree ("machine_id");--> statement-breakpoint
CREATE INDEX "machine_software_uai_idx" ON "machine_software" USING btree ("uai");--> statement-breakpoint
CREATE UNIQUE INDEX "software_unique" ON "software" USING btree ("name","version","publisher");