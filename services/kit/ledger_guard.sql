-- Version 1. Migrations run this file: once released it never changes; a change is a new file.
-- What the ledger is followed by, and what keeps a repeated request from being done twice, are not
-- swept away either, whoever asks. May be run again.
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION '% refused on %', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
CREATE OR REPLACE TRIGGER no_truncate BEFORE TRUNCATE ON ledger_head
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE OR REPLACE TRIGGER no_delete BEFORE DELETE ON ledger_head
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE OR REPLACE TRIGGER no_truncate BEFORE TRUNCATE ON idempotency
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
