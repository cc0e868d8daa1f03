-- Every tenant table carries merchant_id first in its keys, so that it can be distributed by it.

CREATE TABLE "merchant" (
  "id" UUID NOT NULL,
  "key" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "color" TEXT NOT NULL DEFAULT '#f5b83d',
  "greeting" TEXT NOT NULL DEFAULT '',
  "identity_secret" TEXT NOT NULL,
  "allowed_origins" TEXT[],
  "words_version" INTEGER NOT NULL DEFAULT 0,
  "demo" BOOLEAN NOT NULL DEFAULT false,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "merchant_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "merchant_key_key" ON "merchant" ("key");

CREATE TABLE "user" (
  "id" UUID NOT NULL,
  "email" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "password_hash" TEXT NOT NULL,
  "platform_admin" BOOLEAN NOT NULL DEFAULT false,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "user_email_key" ON "user" ("email");

CREATE TABLE "membership" (
  "merchant_id" UUID NOT NULL,
  "user_id" UUID NOT NULL,
  "role" TEXT NOT NULL CHECK ("role" IN ('agent', 'supervisor', 'admin', 'platform-admin')),
  "status" TEXT NOT NULL DEFAULT 'online' CHECK ("status" IN ('online', 'busy', 'away')),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "membership_pkey" PRIMARY KEY ("merchant_id", "user_id")
);
CREATE INDEX "membership_user_id_idx" ON "membership" ("user_id");

CREATE TABLE "session" (
  "token_hash" TEXT NOT NULL,
  "user_id" UUID NOT NULL,
  "merchant_id" UUID NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "session_pkey" PRIMARY KEY ("token_hash")
);
CREATE INDEX "session_user_id_idx" ON "session" ("user_id");

CREATE TABLE "traveler" (
  "id" UUID NOT NULL,
  "merchant_id" UUID NOT NULL,
  "external_id" TEXT,
  "name" TEXT NOT NULL,
  "locale" TEXT NOT NULL DEFAULT 'en',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "traveler_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "traveler_merchant_id_external_id_key" ON "traveler" ("merchant_id", "external_id");

CREATE TABLE "conversation" (
  "merchant_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  "traveler_id" UUID NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'open' CHECK ("status" IN ('open', 'pending', 'snoozed', 'resolved')),
  "assignee_id" UUID,
  "assignment_reason" TEXT,
  "follower_ids" UUID[] NOT NULL DEFAULT '{}',
  "watched_until" TIMESTAMPTZ(3),
  "last_seq" INTEGER NOT NULL DEFAULT 0,
  "last_message_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "subject" JSONB,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "conversation_pkey" PRIMARY KEY ("merchant_id", "id")
);
CREATE INDEX "conversation_merchant_id_assignee_id_status_last_message_at_id_idx"
  ON "conversation" ("merchant_id", "assignee_id", "status", "last_message_at" DESC, "id" DESC);
CREATE INDEX "conversation_merchant_id_traveler_id_idx"
  ON "conversation" ("merchant_id", "traveler_id");
CREATE INDEX "conversation_merchant_id_last_message_at_id_idx"
  ON "conversation" ("merchant_id", "last_message_at" DESC, "id" DESC);

CREATE TABLE "message" (
  "merchant_id" UUID NOT NULL,
  "conversation_id" UUID NOT NULL,
  "seq" INTEGER NOT NULL,
  "id" UUID NOT NULL,
  "client_id" UUID NOT NULL,
  "sender_kind" TEXT NOT NULL CHECK ("sender_kind" IN ('traveler', 'agent', 'system', 'partner')),
  "sender_id" UUID NOT NULL,
  "sender_name" TEXT NOT NULL,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('text', 'note', 'image', 'file', 'card', 'event', 'csat')),
  "body" JSONB NOT NULL,
  "moderation" TEXT CHECK ("moderation" IN ('mask', 'review')),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "message_pkey" PRIMARY KEY ("merchant_id", "conversation_id", "seq")
);
CREATE UNIQUE INDEX "message_merchant_id_sender_id_client_id_conversation_id_key"
  ON "message" ("merchant_id", "sender_id", "client_id", "conversation_id");

CREATE TABLE "participant_state" (
  "merchant_id" UUID NOT NULL,
  "conversation_id" UUID NOT NULL,
  "participant_id" UUID NOT NULL,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('traveler', 'agent')),
  "delivered_seq" INTEGER NOT NULL DEFAULT 0,
  "read_seq" INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT "participant_state_pkey" PRIMARY KEY ("merchant_id", "conversation_id", "participant_id")
);

CREATE TABLE "assignment" (
  "id" UUID NOT NULL,
  "merchant_id" UUID NOT NULL,
  "conversation_id" UUID NOT NULL,
  "agent_id" UUID NOT NULL,
  "reason" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "assignment_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "assignment_merchant_id_conversation_id_created_at_idx"
  ON "assignment" ("merchant_id", "conversation_id", "created_at");
CREATE INDEX "assignment_merchant_id_agent_id_created_at_idx"
  ON "assignment" ("merchant_id", "agent_id", "created_at" DESC);

CREATE TABLE "attachment" (
  "id" UUID NOT NULL,
  "merchant_id" UUID NOT NULL,
  "uploader_id" UUID NOT NULL,
  "conversation_id" UUID,
  "name" TEXT NOT NULL,
  "mime" TEXT NOT NULL,
  "size" INTEGER NOT NULL,
  "width" INTEGER,
  "height" INTEGER,
  "bytes" BYTEA NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "attachment_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "attachment_merchant_id_conversation_id_idx" ON "attachment" ("merchant_id", "conversation_id");

CREATE TABLE "word" (
  "id" UUID NOT NULL,
  "merchant_id" UUID NOT NULL,
  "text" TEXT NOT NULL,
  "normalized" TEXT NOT NULL,
  "action" TEXT NOT NULL CHECK ("action" IN ('block', 'mask', 'review')),
  "direction" TEXT NOT NULL CHECK ("direction" IN ('both', 'traveler-to-agent', 'agent-to-traveler')),
  "created_by" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "word_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "word_merchant_id_normalized_key" ON "word" ("merchant_id", "normalized");

CREATE TABLE "moderation_hit" (
  "id" UUID NOT NULL,
  "merchant_id" UUID NOT NULL,
  "conversation_id" UUID,
  "sender_id" UUID NOT NULL,
  "action" TEXT NOT NULL,
  "words" TEXT[],
  "text" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "moderation_hit_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "moderation_hit_merchant_id_created_at_idx" ON "moderation_hit" ("merchant_id", "created_at" DESC);

CREATE TABLE "api_key" (
  "id" UUID NOT NULL,
  "merchant_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "key_hash" TEXT NOT NULL,
  "scopes" TEXT[],
  "revoked_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "api_key_key_hash_key" ON "api_key" ("key_hash");
CREATE INDEX "api_key_merchant_id_idx" ON "api_key" ("merchant_id");

CREATE TABLE "event" (
  "merchant_id" UUID NOT NULL,
  "txid" BIGINT NOT NULL,
  "id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "conversation_id" UUID NOT NULL,
  "traveler_id" UUID NOT NULL,
  "seq" INTEGER,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "event_pkey" PRIMARY KEY ("merchant_id", "txid", "id")
);

CREATE TABLE "audit_log" (
  "id" UUID NOT NULL,
  "merchant_id" UUID NOT NULL,
  "actor_id" UUID NOT NULL,
  "action" TEXT NOT NULL,
  "target" TEXT NOT NULL,
  "detail" JSONB,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "audit_log_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "audit_log_merchant_id_created_at_idx" ON "audit_log" ("merchant_id", "created_at" DESC);
