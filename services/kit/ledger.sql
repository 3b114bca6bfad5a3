-- Version 1. Migrations run this file: once released it never changes; a change is a new file.
-- The ledger: every change of every logged table, in commit order, chained by hash.
-- One advisory lock, taken last because the trigger is deferred, keeps the sequence without gaps.
CREATE TABLE ledger_head (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  feed_id uuid NOT NULL DEFAULT gen_random_uuid());
INSERT INTO ledger_head DEFAULT VALUES;

CREATE TABLE ledger (
  seq bigint PRIMARY KEY, at timestamptz NOT NULL,
  actor text NOT NULL, request_id text NOT NULL, entity text NOT NULL, key text NOT NULL,
  op char(1) NOT NULL CHECK (op IN ('I','U','D','R','A')), row_version bigint,
  schema_version int NOT NULL DEFAULT 1,
  before jsonb, after jsonb, salt bytea,
  digest bytea NOT NULL, prev bytea NOT NULL, hash bytea NOT NULL);
CREATE INDEX ix_ledger_key ON ledger (entity, key, seq);
CREATE INDEX ix_ledger_at ON ledger (at);

CREATE FUNCTION ledger_hash(prev bytea, seq bigint, at timestamptz, actor text, rid text,
  entity text, key text, op text, digest bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(prev || convert_to(jsonb_build_array(seq, (extract(epoch from at)*1000000)::bigint,
    actor, rid, entity, key, op)::text, 'UTF8') || digest) $$;

CREATE FUNCTION ledger_append(p_entity text, p_key text, p_op text, p_before jsonb, p_after jsonb)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  l_seq bigint; l_at timestamptz; l_hash bytea;
  a text := nullif(current_setting('app.actor', true), '');
  r text := nullif(current_setting('app.request_id', true), '');
  s bytea := uuid_send(gen_random_uuid()); d bytea; t timestamptz; n bytea;
BEGIN
  IF a IS NULL OR r IS NULL THEN
    RAISE EXCEPTION 'unattributed write' USING ERRCODE = '28000';
  END IF;
  PERFORM pg_advisory_xact_lock(4711);
  SELECT l.seq, l.at, l.hash INTO l_seq, l_at, l_hash FROM ledger l ORDER BY l.seq DESC LIMIT 1;
  IF NOT FOUND THEN
    l_seq := 0; l_at := 'epoch'; l_hash := sha256('genesis'::bytea);
  END IF;
  t := greatest(clock_timestamp(), l_at + interval '1 microsecond');
  d := sha256(s || convert_to(jsonb_build_array(p_before, p_after)::text, 'UTF8'));
  n := ledger_hash(l_hash, l_seq + 1, t, a, r, p_entity, p_key, p_op, d);
  INSERT INTO ledger (seq, at, actor, request_id, entity, key, op, row_version, before, after,
    salt, digest, prev, hash)
  VALUES (l_seq + 1, t, a, r, p_entity, p_key, p_op,
    (coalesce(p_after, p_before)->>'version')::bigint, p_before, p_after, s, d, l_hash, n);
  RETURN l_seq + 1;
END $$;

-- TG_ARGV names the columns that must never leave their table (secrets); without any it is NULL.
CREATE FUNCTION ledger_write() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE b jsonb; a jsonb; k text; hidden text[] := coalesce(TG_ARGV, '{}');
BEGIN
  IF TG_OP <> 'INSERT' THEN b := to_jsonb(OLD) - hidden; k := OLD.id::text; END IF;
  IF TG_OP <> 'DELETE' THEN a := to_jsonb(NEW) - hidden; k := NEW.id::text; END IF;
  PERFORM ledger_append(TG_TABLE_NAME, k, left(TG_OP, 1), b, a);
  RETURN NULL;
END $$;

CREATE FUNCTION ledger_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'UPDATE' AND NEW.before IS NULL AND NEW.after IS NULL AND NEW.salt IS NULL
     AND (NEW.seq, NEW.at, NEW.actor, NEW.request_id, NEW.entity, NEW.key, NEW.op, NEW.digest,
          NEW.prev, NEW.hash)
       = (OLD.seq, OLD.at, OLD.actor, OLD.request_id, OLD.entity, OLD.key, OLD.op, OLD.digest,
          OLD.prev, OLD.hash)
     AND current_setting('app.redact', true) = 'on' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER ledger_frozen BEFORE UPDATE OR DELETE ON ledger
  FOR EACH ROW EXECUTE FUNCTION ledger_frozen();

CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'TRUNCATE refused on %', TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();

-- Everything that is wrong with the chain, judged by itself and by a witness outside it:
-- a (seq, hash) that a follower or a signed anchor once saw.
CREATE FUNCTION ledger_bad(witness_seq bigint DEFAULT 0, witness_hash bytea DEFAULT NULL)
RETURNS TABLE (seq bigint, why text) LANGUAGE sql STABLE AS $$
 WITH x AS (SELECT l.*, lag(l.seq) OVER w ps, lag(l.hash) OVER w ph
            FROM ledger l WINDOW w AS (ORDER BY l.seq))
 SELECT x.seq, 'gap' FROM x WHERE ps IS NOT NULL AND x.seq <> ps + 1 OR ps IS NULL AND x.seq <> 1
 UNION ALL SELECT x.seq, 'link' FROM x WHERE prev <> coalesce(ph, sha256('genesis'::bytea))
 UNION ALL SELECT x.seq, 'hash' FROM x
   WHERE hash <> ledger_hash(prev, x.seq, at, actor, request_id, entity, key, op, digest)
 UNION ALL SELECT x.seq, 'digest' FROM x WHERE salt IS NOT NULL
   AND digest <> sha256(salt || convert_to(jsonb_build_array(before, after)::text, 'UTF8'))
 UNION ALL SELECT x.seq, 'redacted without a record' FROM x WHERE salt IS NULL AND NOT EXISTS
   (SELECT 1 FROM ledger r WHERE r.op = 'R' AND r.after->'seqs' @> to_jsonb(x.seq))
 UNION ALL SELECT witness_seq, 'witness' WHERE witness_seq > 0 AND NOT EXISTS
   (SELECT 1 FROM ledger l WHERE l.seq = witness_seq AND l.hash = witness_hash) $$;

-- Answers to repeated requests, kept for 72 hours.
CREATE TABLE idempotency (
  principal text NOT NULL, key text NOT NULL, request bytea NOT NULL,
  status int, headers jsonb, body bytea, at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (principal, key));
CREATE INDEX ix_idempotency_at ON idempotency (at);
