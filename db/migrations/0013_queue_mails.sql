-- Whoever acts may queue a message that tells of it, and reads it back only within an académie of their own.
DROP POLICY mail_message_in_scope ON mail_message;
--> statement-breakpoint
CREATE POLICY mail_message_in_scope ON mail_message FOR SELECT TO vigie_app
  USING (academie = ANY ((SELECT vigie_scope('academie'))::text[]));
--> statement-breakpoint
CREATE POLICY mail_message_settled ON mail_message FOR UPDATE TO vigie_app
  USING (academie = ANY ((SELECT vigie_scope('academie'))::text[]));
--> statement-breakpoint
CREATE POLICY mail_message_queued ON mail_message FOR INSERT TO vigie_app WITH CHECK (true);
