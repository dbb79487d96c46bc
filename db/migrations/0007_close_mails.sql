ALTER TABLE "mail_message" ADD COLUMN "closed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "mail_message" ADD COLUMN "closed_by" text;--> statement-breakpoint
-- A person decides what becomes of a mail whose outcome is unknown.
GRANT UPDATE (sending_at, next_attempt_at, closed_at, closed_by) ON mail_message TO vigie_app;
