-- Makes the current database Atrium's: per service one schema and one role that makes its tables there and sees nothing
-- else. The schemas belong to the keeper of the audit logs, since the owner of a schema may drop whatever is in it.
-- May run again at any time; it then only renews the passwords. audit.sql comes after it.
--
-- Run as a superuser (or the database's owner with CREATEROLE), with each role's password given as a setting:
--   PGOPTIONS="-c atrium.accounts_password=… -c atrium.rooms_password=… …" psql -f provision.sql -f audit.sql
DO $provision$
DECLARE
  service text;
  role text;
BEGIN
  -- Two stacks that are provisioned at once on one server would collide in the catalogue of roles.
  PERFORM pg_advisory_xact_lock(hashtext('atrium-provision'));

  -- The shared schema holds keep_audit(), nothing else.
  REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());

  -- Nobody signs in as it.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'atrium_audit') THEN
    CREATE ROLE atrium_audit NOLOGIN;
  END IF;
  -- Owners must be roles that the one who runs this may act for.
  IF NOT pg_has_role(current_user, 'atrium_audit', 'MEMBER') THEN
    EXECUTE format('GRANT atrium_audit TO %I', current_user);
  END IF;

  FOREACH service IN ARRAY ARRAY['accounts', 'rooms', 'messages', 'files', 'bot'] LOOP
    role := 'atrium_' || service;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
      EXECUTE format('CREATE ROLE %I', role);
    END IF;
    EXECUTE format('ALTER ROLE %I WITH LOGIN NOCREATEDB NOCREATEROLE PASSWORD %L',
                   role, current_setting('atrium.' || service || '_password'));
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), role);
    IF NOT pg_has_role(current_user, role, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO %I', role, current_user);
    END IF;
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', service);
    EXECUTE format('ALTER SCHEMA %I OWNER TO atrium_audit', service);
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO %I', service, role);
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET search_path = %I, public', role, current_database(), service);
  END LOOP;
END
$provision$;
