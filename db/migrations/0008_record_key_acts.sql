CREATE TABLE "key_act" (
	"id" uuid PRIMARY KEY NOT NULL,
	"holder_id" uuid NOT NULL,
	"key_id" uuid,
	"procedure_id" uuid,
	"act" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"called_back_at" timestamp with time zone,
	"reason" text,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "key_act" ADD CONSTRAINT "key_act_holder_id_otp_holder_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."otp_holder"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_act" ADD CONSTRAINT "key_act_key_id_otp_key_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."otp_key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_act" ADD CONSTRAINT "key_act_procedure_id_key_procedure_id_fk" FOREIGN KEY ("procedure_id") REFERENCES "public"."key_procedure"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "key_act_key_idx" ON "key_act" USING btree ("key_id","at");--> statement-breakpoint
CREATE INDEX "key_act_holder_idx" ON "key_act" USING btree ("holder_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "key_act_step_unique" ON "key_act" USING btree ("procedure_id","act");--> statement-breakpoint
CREATE UNIQUE INDEX "key_procedure_one_open" ON "key_procedure" USING btree ("holder_id","kind") WHERE closed_at is null;--> statement-breakpoint
ALTER TABLE key_act ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY key_act_in_scope ON key_act FOR ALL TO vigie_app
  USING (EXISTS (SELECT 1 FROM otp_holder h WHERE h.id = key_act.holder_id));
--> statement-breakpoint
CREATE POLICY key_act_worker ON key_act FOR ALL TO vigie_worker USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT, INSERT ON key_act TO vigie_app, vigie_worker;
--> statement-breakpoint
-- A person who is forgotten leaves no word behind.
GRANT UPDATE (reason) ON key_act TO vigie_worker;
