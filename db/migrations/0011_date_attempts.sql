ALTER TABLE "otp_credential" ADD COLUMN "last_attempt_at" timestamp with time zone;--> statement-breakpoint
GRANT UPDATE (last_attempt_at) ON "otp_credential" TO vigie_otp;
