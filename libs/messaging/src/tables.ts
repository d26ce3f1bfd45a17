/** What messaging keeps in a service's database. A service puts it into its first migration. */
export const messagingTables = `
create table outbox (
  position bigint generated always as identity primary key,
  shard smallint not null,
  event_id uuid not null,
  topic text not null,
  key text not null,
  headers jsonb not null,
  body text not null,
  said_at timestamptz not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

create index outbox_in_turn on outbox (shard, position);

create table event_sequences (
  key text primary key,
  last bigint not null
);

create table outbox_dead (
  position bigint primary key,
  event_id uuid not null,
  topic text not null,
  key text not null,
  headers jsonb not null,
  body text not null,
  said_at timestamptz not null,
  reason text not null,
  died_at timestamptz not null
);

create table inbox (
  consumer text not null,
  event_id uuid not null,
  topic text not null,
  received_at timestamptz not null,
  primary key (consumer, event_id)
);

create index inbox_by_age on inbox using brin (received_at) with (autosummarize = on);

create table dead_letters (
  id bigint generated always as identity primary key,
  consumer text not null,
  topic text not null,
  partition integer not null,
  message_offset bigint not null,
  sent_at timestamptz not null,
  key bytea,
  headers jsonb not null,
  body bytea,
  reason text not null,
  attempts integer not null,
  died_at timestamptz not null,
  state text not null default 'kept' check (state in ('kept', 'redriven', 'discarded')),
  holds boolean not null,
  unique (consumer, topic, partition, message_offset, sent_at)
);

create index dead_letters_that_hold on dead_letters (consumer, topic, key) where holds;

create table waiting_messages (
  id bigint generated always as identity primary key,
  consumer text not null,
  topic text not null,
  partition integer not null,
  message_offset bigint not null,
  sent_at timestamptz not null,
  key bytea not null,
  headers jsonb not null,
  body bytea,
  arrived_at timestamptz not null,
  unique (consumer, topic, partition, message_offset, sent_at)
);

create index waiting_messages_in_turn on waiting_messages (consumer, topic, key, id);

create table dead_letter_actions (
  id bigint generated always as identity primary key,
  dead_letter_id bigint not null references dead_letters,
  action text not null check (action in ('redrive', 'discard')),
  done boolean not null,
  acted_by text not null,
  reason text not null,
  outcome text not null,
  released integer not null,
  acted_at timestamptz not null
);

create index dead_letter_actions_in_turn on dead_letter_actions (dead_letter_id, id);
`;
