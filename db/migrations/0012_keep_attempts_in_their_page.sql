DROP INDEX "otp_credential_failing_idx";
--> statement-breakpoint
-- Room in each page for the next version of a row: what an attempt rewrites stays in its page, without touching an index.
ALTER TABLE otp_credential SET (fillfactor = 60);
--> statement-breakpoint
ALTER TABLE otp_secret SET (fillfactor = 60);
--> statement-breakpoint
ALTER TABLE otp_source SET (fillfactor = 60);
