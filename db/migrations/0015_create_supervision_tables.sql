CREATE TABLE "connector" (
	"id" uuid PRIMARY KEY NOT NULL,
	"academie" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"severity" text NOT NULL,
	"secret_sealed" "bytea" NOT NULL,
	"seal_key_id" text NOT NULL,
	"options" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" uuid NOT NULL,
	"disabled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "connector_delivery" (
	"id" uuid PRIMARY KEY NOT NULL,
	"academie" text NOT NULL,
	"connector_id" uuid NOT NULL,
	"incident_id" uuid NOT NULL,
	"event" text NOT NULL,
	"payload" jsonb NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "incident" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" bigserial NOT NULL,
	"origin" text NOT NULL,
	"severity" text NOT NULL,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"state" text NOT NULL,
	"academie" text NOT NULL,
	"departement" text,
	"uai" text,
	"service" text,
	"requirement" text,
	"machine_id" uuid,
	"party" text NOT NULL,
	"assignee_id" uuid,
	"alert_name" text,
	"identity" text,
	"occurrences" integer DEFAULT 1 NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"opened_by" uuid,
	"last_seen_at" timestamp with time zone NOT NULL,
	"acknowledged_at" timestamp with time zone,
	"acknowledged_by" uuid,
	"resolved_at" timestamp with time zone,
	"resolved_by" uuid,
	CONSTRAINT "incident_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "incident_alert" (
	"academie" text NOT NULL,
	"fingerprint" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"incident_id" uuid NOT NULL,
	"status" text NOT NULL,
	"labels" jsonb NOT NULL,
	"annotations" jsonb NOT NULL,
	"generator_url" text,
	"received_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	CONSTRAINT "incident_alert_academie_fingerprint_starts_at_pk" PRIMARY KEY("academie","fingerprint","starts_at")
);
--> statement-breakpoint
CREATE TABLE "incident_event" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"comment" text,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"told_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "incident_recipient" (
	"academie" text NOT NULL,
	"mail" text NOT NULL,
	"severity" text NOT NULL,
	"departement" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "incident_recipient_academie_mail_pk" PRIMARY KEY("academie","mail")
);
--> statement-breakpoint
CREATE TABLE "incident_ticket" (
	"academie" text NOT NULL,
	"connector_id" uuid NOT NULL,
	"incident_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"url" text,
	"status" text,
	"created_at" timestamp with time zone NOT NULL,
	"followed_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "incident_ticket_connector_id_incident_id_pk" PRIMARY KEY("connector_id","incident_id")
);
--> statement-breakpoint
CREATE TABLE "alert_threshold" (
	"academie" text NOT NULL,
	"alert" text NOT NULL,
	"value" double precision NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "alert_threshold_academie_alert_pk" PRIMARY KEY("academie","alert")
);
--> statement-breakpoint
CREATE TABLE "job_activity" (
	"job" text PRIMARY KEY NOT NULL,
	"last_started_at" timestamp with time zone NOT NULL,
	"last_success_at" timestamp with time zone,
	"last_failure_at" timestamp with time zone,
	"last_duration_ms" integer
);
--> statement-breakpoint
CREATE TABLE "journal_verification" (
	"id" uuid PRIMARY KEY NOT NULL,
	"verified_at" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	"entries" bigint NOT NULL,
	"first_break" text
);
--> statement-breakpoint
CREATE TABLE "otp_traffic" (
	"second" timestamp with time zone NOT NULL,
	"process" text NOT NULL,
	"academie" text NOT NULL,
	"reasons" jsonb NOT NULL,
	"durations" integer[] NOT NULL,
	CONSTRAINT "otp_traffic_second_process_academie_pk" PRIMARY KEY("second","process","academie")
);
--> statement-breakpoint
CREATE TABLE "service_availability" (
	"uai" text NOT NULL,
	"service" text NOT NULL,
	"span" text NOT NULL,
	"ratio" double precision NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "service_availability_uai_service_span_pk" PRIMARY KEY("uai","service","span")
);
--> statement-breakpoint
CREATE TABLE "supervision_target" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uai" text NOT NULL,
	"module" text NOT NULL,
	"address" text NOT NULL,
	"label" text NOT NULL,
	"service" text,
	"machine_id" uuid,
	"origin" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" uuid,
	"disabled_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "otp_source" ADD COLUMN "relay" text;--> statement-breakpoint
ALTER TABLE "otp_source" ADD COLUMN "academie" text;--> statement-breakpoint
ALTER TABLE "connector_delivery" ADD CONSTRAINT "connector_delivery_connector_id_connector_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connector"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connector_delivery" ADD CONSTRAINT "connector_delivery_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident" ADD CONSTRAINT "incident_assignee_id_account_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident" ADD CONSTRAINT "incident_opened_by_account_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident" ADD CONSTRAINT "incident_acknowledged_by_account_id_fk" FOREIGN KEY ("acknowledged_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident" ADD CONSTRAINT "incident_resolved_by_account_id_fk" FOREIGN KEY ("resolved_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_alert" ADD CONSTRAINT "incident_alert_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_event" ADD CONSTRAINT "incident_event_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_ticket" ADD CONSTRAINT "incident_ticket_connector_id_connector_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connector"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_ticket" ADD CONSTRAINT "incident_ticket_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "connector_name_unique" ON "connector" USING btree ("academie","name");--> statement-breakpoint
CREATE INDEX "connector_delivery_due_idx" ON "connector_delivery" USING btree ("next_attempt_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "connector_delivery_connector_idx" ON "connector_delivery" USING btree ("connector_id","created_at");--> statement-breakpoint
CREATE INDEX "connector_delivery_incident_idx" ON "connector_delivery" USING btree ("incident_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "incident_identity_unique" ON "incident" USING btree ("academie","identity") WHERE state <> 'resolved';--> statement-breakpoint
CREATE INDEX "incident_queue_idx" ON "incident" USING btree ("academie","state","opened_at");--> statement-breakpoint
CREATE INDEX "incident_uai_idx" ON "incident" USING btree ("uai","opened_at");--> statement-breakpoint
CREATE INDEX "incident_identity_idx" ON "incident" USING btree ("academie","identity","opened_at");--> statement-breakpoint
CREATE INDEX "incident_alert_incident_idx" ON "incident_alert" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "incident_event_idx" ON "incident_event" USING btree ("incident_id","at");--> statement-breakpoint
CREATE INDEX "incident_event_untold_idx" ON "incident_event" USING btree ("id") WHERE told_at is null;--> statement-breakpoint
CREATE INDEX "incident_ticket_incident_idx" ON "incident_ticket" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "journal_verification_at_idx" ON "journal_verification" USING btree ("verified_at");--> statement-breakpoint
CREATE UNIQUE INDEX "supervision_target_unique" ON "supervision_target" USING btree ("uai","module","address");--> statement-breakpoint
CREATE INDEX "supervision_target_machine_idx" ON "supervision_target" USING btree ("machine_id");