CREATE TABLE "bordereau" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"kind" text NOT NULL,
	"academie" text NOT NULL,
	"departement" text,
	"circonscription" text,
	"uai" text,
	"holder_id" uuid,
	"key_ids" uuid[] NOT NULL,
	"pdf" "bytea" NOT NULL,
	"sha256" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "bordereau_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "bordereau_scan" (
	"id" uuid PRIMARY KEY NOT NULL,
	"bordereau_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"media_type" text NOT NULL,
	"content" "bytea" NOT NULL,
	"sha256" text NOT NULL,
	"signed_on" date,
	"uploaded_at" timestamp with time zone NOT NULL,
	"uploaded_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bordereau_series" (
	"series" text PRIMARY KEY NOT NULL,
	"last" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hand_over_guest" (
	"session_id" uuid NOT NULL,
	"holder_id" uuid NOT NULL,
	"procedure_id" uuid,
	"convoked_at" timestamp with time zone,
	CONSTRAINT "hand_over_guest_session_id_holder_id_pk" PRIMARY KEY("session_id","holder_id")
);
--> statement-breakpoint
CREATE TABLE "hand_over_session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"academie" text NOT NULL,
	"held_on" date NOT NULL,
	"starts_at" text,
	"place" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "key_import" (
	"id" uuid PRIMARY KEY NOT NULL,
	"academie" text NOT NULL,
	"format" text NOT NULL,
	"file_name" text NOT NULL,
	"sha256" text NOT NULL,
	"imported_at" timestamp with time zone NOT NULL,
	"imported_by" text NOT NULL,
	"keys" integer NOT NULL,
	"created" integer NOT NULL,
	"unchanged" integer NOT NULL,
	"refused" integer NOT NULL,
	"refusals" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "key_procedure" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"holder_id" uuid NOT NULL,
	"other_holder_id" uuid,
	"key_id" uuid,
	"new_key_id" uuid,
	"step" text NOT NULL,
	"reason" text,
	"opened_at" timestamp with time zone NOT NULL,
	"opened_by" text NOT NULL,
	"due_on" date,
	"reminded_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "key_shipment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"academie" text NOT NULL,
	"departement" text NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"sent_by" uuid,
	"received_at" timestamp with time zone,
	"received_by" uuid,
	"bordereau_id" uuid,
	"comment" text
);
--> statement-breakpoint
CREATE TABLE "key_shipment_item" (
	"shipment_id" uuid NOT NULL,
	"key_id" uuid NOT NULL,
	CONSTRAINT "key_shipment_item_shipment_id_key_id_pk" PRIMARY KEY("shipment_id","key_id")
);
--> statement-breakpoint
CREATE TABLE "mail_message" (
	"id" uuid PRIMARY KEY NOT NULL,
	"academie" text NOT NULL,
	"purpose" text NOT NULL,
	"recipients" text[] NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"sending_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"last_error" text,
	CONSTRAINT "mail_message_purpose_unique" UNIQUE("purpose")
);
--> statement-breakpoint
CREATE TABLE "report_recipient" (
	"academie" text NOT NULL,
	"mail" text NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	"added_by" text NOT NULL,
	CONSTRAINT "report_recipient_academie_mail_pk" PRIMARY KEY("academie","mail")
);
--> statement-breakpoint
CREATE TABLE "stock_threshold" (
	"academie" text NOT NULL,
	"departement" text NOT NULL,
	"minimum" integer NOT NULL,
	CONSTRAINT "stock_threshold_academie_departement_pk" PRIMARY KEY("academie","departement")
);
--> statement-breakpoint
CREATE TABLE "weekly_report" (
	"academie" text NOT NULL,
	"friday" date NOT NULL,
	"departement" text NOT NULL,
	"activated" integer NOT NULL,
	"handed_to_directeurs" integer NOT NULL,
	"activated_by_directeurs" integer NOT NULL,
	"counted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "weekly_report_academie_friday_departement_pk" PRIMARY KEY("academie","friday","departement")
);
--> statement-breakpoint
CREATE TABLE "key_transition" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key_id" uuid NOT NULL,
	"holder_id" uuid,
	"transition" text NOT NULL,
	"from_state" text,
	"to_state" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"reason" text,
	"called_back_at" timestamp with time zone,
	"bordereau_id" uuid,
	"procedure_id" uuid,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "otp_answer" (
	"token_id" uuid NOT NULL,
	"idempotency_key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"accepted" boolean,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "otp_answer_token_id_idempotency_key_pk" PRIMARY KEY("token_id","idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "otp_credential" (
	"holder_id" uuid PRIMARY KEY NOT NULL,
	"academie" text NOT NULL,
	"login" text NOT NULL,
	"key_id" uuid,
	"active" boolean NOT NULL,
	"pin_mac" "bytea",
	"pepper_id" text,
	"fail_count" integer DEFAULT 0 NOT NULL,
	"paused_until" timestamp with time zone,
	"temporary_mac" "bytea",
	"temporary_until" timestamp with time zone,
	"last_accepted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "otp_decoy" (
	"slot" integer PRIMARY KEY NOT NULL,
	"writes" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "otp_holder" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"holder_function" text NOT NULL,
	"login" text NOT NULL,
	"display_name" text NOT NULL,
	"mail" text,
	"call_back_number" text,
	"company" text,
	"commune_code" text,
	"order_number" integer,
	"academie" text NOT NULL,
	"departement" text NOT NULL,
	"circonscription" text,
	"uai" text,
	"account_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"departed_at" timestamp with time zone,
	"erased_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "otp_key" (
	"id" uuid PRIMARY KEY NOT NULL,
	"serial" text NOT NULL,
	"kind" text NOT NULL,
	"manufacturer" text,
	"model" text,
	"manufactured_on" date,
	"expires_on" date,
	"unit_price_cents" integer NOT NULL,
	"academie" text NOT NULL,
	"departement" text,
	"circonscription" text,
	"uai" text,
	"state" text NOT NULL,
	"state_since" timestamp with time zone NOT NULL,
	"holder_id" uuid,
	"import_id" uuid,
	"imported_at" timestamp with time zone NOT NULL,
	CONSTRAINT "otp_key_serial_unique" UNIQUE("serial")
);
--> statement-breakpoint
CREATE TABLE "otp_secret" (
	"key_id" uuid PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"algorithm" text NOT NULL,
	"digits" integer NOT NULL,
	"period" integer,
	"seed_sealed" "bytea" NOT NULL,
	"seal_key_id" text NOT NULL,
	"counter" bigint NOT NULL,
	"drift" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "otp_source" (
	"source" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"window_started_at" timestamp with time zone NOT NULL,
	"blocked_until" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "strength" text DEFAULT 'password' NOT NULL;--> statement-breakpoint
ALTER TABLE "bordereau_scan" ADD CONSTRAINT "bordereau_scan_bordereau_id_bordereau_id_fk" FOREIGN KEY ("bordereau_id") REFERENCES "public"."bordereau"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_over_guest" ADD CONSTRAINT "hand_over_guest_session_id_hand_over_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."hand_over_session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_over_guest" ADD CONSTRAINT "hand_over_guest_holder_id_otp_holder_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."otp_holder"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_procedure" ADD CONSTRAINT "key_procedure_holder_id_otp_holder_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."otp_holder"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_shipment_item" ADD CONSTRAINT "key_shipment_item_shipment_id_key_shipment_id_fk" FOREIGN KEY ("shipment_id") REFERENCES "public"."key_shipment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_shipment_item" ADD CONSTRAINT "key_shipment_item_key_id_otp_key_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."otp_key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_transition" ADD CONSTRAINT "key_transition_key_id_otp_key_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."otp_key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "otp_credential" ADD CONSTRAINT "otp_credential_holder_id_otp_holder_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."otp_holder"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "otp_credential" ADD CONSTRAINT "otp_credential_key_id_otp_key_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."otp_key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "otp_holder" ADD CONSTRAINT "otp_holder_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "otp_secret" ADD CONSTRAINT "otp_secret_key_id_otp_key_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."otp_key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bordereau_holder_idx" ON "bordereau" USING btree ("holder_id","created_at");--> statement-breakpoint
CREATE INDEX "bordereau_place_idx" ON "bordereau" USING btree ("academie","departement","created_at");--> statement-breakpoint
CREATE INDEX "bordereau_scan_idx" ON "bordereau_scan" USING btree ("bordereau_id");--> statement-breakpoint
CREATE INDEX "hand_over_guest_holder_idx" ON "hand_over_guest" USING btree ("holder_id");--> statement-breakpoint
CREATE INDEX "hand_over_session_idx" ON "hand_over_session" USING btree ("academie","held_on");--> statement-breakpoint
CREATE INDEX "key_procedure_holder_idx" ON "key_procedure" USING btree ("holder_id","opened_at");--> statement-breakpoint
CREATE INDEX "key_procedure_open_idx" ON "key_procedure" USING btree ("closed_at","due_on");--> statement-breakpoint
CREATE INDEX "key_shipment_idx" ON "key_shipment" USING btree ("academie","departement","sent_at");--> statement-breakpoint
CREATE INDEX "key_shipment_item_key_idx" ON "key_shipment_item" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "mail_message_due_idx" ON "mail_message" USING btree ("sent_at","next_attempt_at");--> statement-breakpoint
CREATE INDEX "key_transition_key_idx" ON "key_transition" USING btree ("key_id","at");--> statement-breakpoint
CREATE INDEX "key_transition_holder_idx" ON "key_transition" USING btree ("holder_id","at");--> statement-breakpoint
CREATE INDEX "otp_answer_expires_idx" ON "otp_answer" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "otp_credential_login_unique" ON "otp_credential" USING btree ("academie","login");--> statement-breakpoint
CREATE UNIQUE INDEX "otp_credential_key_unique" ON "otp_credential" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "otp_credential_failing_idx" ON "otp_credential" USING btree ("fail_count");--> statement-breakpoint
CREATE UNIQUE INDEX "otp_holder_login_unique" ON "otp_holder" USING btree ("academie","login");--> statement-breakpoint
CREATE UNIQUE INDEX "otp_holder_account_unique" ON "otp_holder" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "otp_holder_place_idx" ON "otp_holder" USING btree ("academie","departement","circonscription");--> statement-breakpoint
CREATE INDEX "otp_holder_uai_idx" ON "otp_holder" USING btree ("uai");--> statement-breakpoint
CREATE INDEX "otp_key_stock_idx" ON "otp_key" USING btree ("academie","departement","state");--> statement-breakpoint
CREATE INDEX "otp_key_holder_idx" ON "otp_key" USING btree ("holder_id");--> statement-breakpoint
CREATE INDEX "otp_key_circonscription_idx" ON "otp_key" USING btree ("circonscription");--> statement-breakpoint
CREATE INDEX "otp_key_uai_idx" ON "otp_key" USING btree ("uai");--> statement-breakpoint
CREATE INDEX "otp_key_expires_idx" ON "otp_key" USING btree ("expires_on");--> statement-breakpoint
CREATE INDEX "otp_source_window_idx" ON "otp_source" USING btree ("window_started_at");