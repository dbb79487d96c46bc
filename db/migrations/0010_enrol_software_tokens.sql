CREATE TABLE "software_enrolment" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"seed_sealed" "bytea" NOT NULL,
	"seal_key_id" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "otp_holder" ALTER COLUMN "departement" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "software_enrolment" ADD CONSTRAINT "software_enrolment_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "software_enrolment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY software_enrolment_own ON "software_enrolment" FOR ALL TO vigie_app USING (account_id = (SELECT vigie_account()));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "software_enrolment" TO vigie_app;--> statement-breakpoint
CREATE POLICY software_enrolment_worker ON "software_enrolment" FOR ALL TO vigie_worker USING (true) WITH CHECK (true);--> statement-breakpoint
GRANT SELECT, UPDATE, DELETE ON "software_enrolment" TO vigie_worker;--> statement-breakpoint
-- Signing in asks whether the account's key must be shown.
GRANT SELECT (id, state, kind) ON "otp_key" TO vigie_auth;--> statement-breakpoint
CREATE POLICY otp_key_auth ON "otp_key" FOR SELECT TO vigie_auth USING (true);
