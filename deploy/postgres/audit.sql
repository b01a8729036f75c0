-- How audit logs are kept: in each service's schema a table of a role of its own, to which the service may add and which
-- it may read, and a chain of hashes over its rows. May run again at any time, after provision.sql and by the same role.
-- docs/adr/0021-the-audit-log-is-a-chain.md
-- Takes the table `audit` of a service out of its hands. A migration of the service calls it; it cannot be undone by one,
-- and no other service may: it locks the table for as long as the transaction lasts.
-- All that runs with the rights of the keeper is written here, so that a service can slip nothing of its own in.
CREATE OR REPLACE FUNCTION public.keep_audit(service text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $keep$
DECLARE
  name text;
  chained bigint;
BEGIN
  IF session_user <> 'atrium_' || service AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = session_user) THEN
    RAISE EXCEPTION 'only % may hand over its audit log', service USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF EXISTS (SELECT FROM pg_class WHERE oid = to_regclass(format('%I.audit_head', service))
             AND (relkind <> 'r' OR pg_get_userbyid(relowner) <> 'atrium_audit')) THEN
    RAISE EXCEPTION '%.audit_head is not what this function made: remove it', service;
  END IF;
  EXECUTE format('ALTER TABLE %I.audit OWNER TO atrium_audit', service);
  FOR name IN SELECT tgname FROM pg_trigger WHERE tgrelid = format('%I.audit', service)::regclass AND NOT tgisinternal LOOP
    EXECUTE format('DROP TRIGGER %I ON %I.audit', name, service);
  END LOOP;
  EXECUTE format('DROP FUNCTION IF EXISTS %I.audit_is_append_only()', service);

  EXECUTE format($sql$
    ALTER TABLE %1$I.audit
      ADD COLUMN IF NOT EXISTS digest bytea, ADD COLUMN IF NOT EXISTS number bigint, ADD COLUMN IF NOT EXISTS hash bytea;
    CREATE UNIQUE INDEX IF NOT EXISTS audit_number ON %1$I.audit (number);
    CREATE INDEX IF NOT EXISTS audit_unchained ON %1$I.audit (id) WHERE number IS NULL;
    CREATE TABLE IF NOT EXISTS %1$I.audit_head (number bigint NOT NULL, hash bytea NOT NULL, at timestamptz(3) NOT NULL);
    ALTER TABLE %1$I.audit_head OWNER TO atrium_audit;
    INSERT INTO %1$I.audit_head
      SELECT 0, sha256(convert_to(%1$L, 'UTF8')), now() WHERE NOT EXISTS (SELECT FROM %1$I.audit_head);

    CREATE OR REPLACE FUNCTION %1$I.audit_digest(entry %1$I.audit) RETURNS bytea LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp AS $f$
      SELECT sha256(convert_to(jsonb_build_array(entry.id, entry.room_id, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
        entry.actor_id, entry.action, entry.target_id, entry.reason, entry.details)::text, 'UTF8'))
    $f$;

    -- What is added has its digest at once, and its link soon after it was committed: a link made here would have to be
    -- waited for by everybody who adds something.
    CREATE OR REPLACE FUNCTION %1$I.audit_stamp() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $f$
    BEGIN
      NEW.digest := %1$I.audit_digest(NEW);
      NEW.number := NULL;
      NEW.hash := NULL;
      RETURN NEW;
    END $f$;

    CREATE OR REPLACE FUNCTION %1$I.audit_keep() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $f$
    BEGIN
      IF TG_OP = 'UPDATE' AND OLD.number IS NULL
        AND to_jsonb(NEW) - ARRAY['number', 'hash'] = to_jsonb(OLD) - ARRAY['number', 'hash'] THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'the audit log is append-only';
    END $f$;

    -- Links what is committed and not linked yet, oldest first. One at a time: whoever comes meanwhile has nothing to do.
    CREATE OR REPLACE FUNCTION %1$I.chain_audit(most integer DEFAULT 1000) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
    DECLARE
      head record;
      entry record;
      linked bigint := 0;
    BEGIN
      SELECT h.number, h.hash INTO head FROM %1$I.audit_head h FOR UPDATE SKIP LOCKED;
      IF NOT FOUND THEN RETURN 0; END IF;
      FOR entry IN SELECT a.id, a.digest FROM %1$I.audit a WHERE a.number IS NULL ORDER BY a.id LIMIT most LOOP
        head.number := head.number + 1;
        head.hash := sha256(head.hash || entry.digest || int8send(head.number));
        UPDATE %1$I.audit SET number = head.number, hash = head.hash WHERE id = entry.id;
        linked := linked + 1;
      END LOOP;
      IF linked > 0 THEN UPDATE %1$I.audit_head SET number = head.number, hash = head.hash, at = clock_timestamp(); END IF;
      RETURN linked;
    END $f$;

    ALTER FUNCTION %1$I.audit_digest(%1$I.audit) OWNER TO atrium_audit;
    ALTER FUNCTION %1$I.audit_stamp() OWNER TO atrium_audit;
    ALTER FUNCTION %1$I.audit_keep() OWNER TO atrium_audit;
    ALTER FUNCTION %1$I.chain_audit(integer) OWNER TO atrium_audit;

    UPDATE %1$I.audit a SET digest = %1$I.audit_digest(a) WHERE a.digest IS NULL;
    ALTER TABLE %1$I.audit ALTER COLUMN digest SET NOT NULL;
    CREATE TRIGGER audit_stamp BEFORE INSERT ON %1$I.audit FOR EACH ROW EXECUTE FUNCTION %1$I.audit_stamp();
    CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE ON %1$I.audit FOR EACH ROW EXECUTE FUNCTION %1$I.audit_keep();
    CREATE TRIGGER audit_keep_all BEFORE TRUNCATE ON %1$I.audit FOR EACH STATEMENT EXECUTE FUNCTION %1$I.audit_keep();

    REVOKE ALL ON %1$I.audit, %1$I.audit_head FROM PUBLIC, %2$I;
    GRANT SELECT, INSERT ON %1$I.audit TO %2$I;
    GRANT SELECT ON %1$I.audit_head TO %2$I;
  $sql$, service, 'atrium_' || service);

  LOOP
    -- With its argument: a service may have a function of its own that goes by the same name and takes none.
    EXECUTE format('SELECT %I.chain_audit(1000)', service) INTO chained;
    EXIT WHEN chained = 0;
  END LOOP;
END
$keep$;
REVOKE ALL ON FUNCTION public.keep_audit(text) FROM PUBLIC;
DO $grant$
DECLARE
  role text;
BEGIN
  FOR role IN SELECT rolname FROM pg_roles WHERE rolname IN ('atrium_accounts', 'atrium_rooms', 'atrium_messages', 'atrium_files', 'atrium_bot') LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION public.keep_audit(text) TO %I', role);
  END LOOP;
END
$grant$;
