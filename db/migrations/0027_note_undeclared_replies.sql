ALTER TABLE "questionnaire" ADD COLUMN "with_optional" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "questionnaire_reply" ADD COLUMN "comment" text;