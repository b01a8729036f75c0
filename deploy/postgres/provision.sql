-- Makes the current database Atrium's: per service one schema and one role that owns that schema and
-- sees nothing else. May run again at any time; it then only renews the passwords.
--
-- Run as a superuser (or the database's owner with CREATEROLE), with each role's password given as a setting:
--   PGOPTIONS="-c atrium.accounts_password=… -c atrium.rooms_password=… …" psql -f provision.sql
DO $provision$
DECLARE
  service text;
  role text;
BEGIN
  -- Two stacks that are provisioned at once on one server would collide in the catalogue of roles.
  PERFORM pg_advisory_xact_lock(hashtext('atrium-provision'));

  -- Trigrams for search; a shared schema holds nothing but extensions.
  CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
  REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());

  FOREACH service IN ARRAY ARRAY['accounts', 'rooms', 'messages', 'files', 'bot'] LOOP
    role := 'atrium_' || service;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
      EXECUTE format('CREATE ROLE %I', role);
    END IF;
    EXECUTE format('ALTER ROLE %I WITH LOGIN NOCREATEDB NOCREATEROLE PASSWORD %L',
                   role, current_setting('atrium.' || service || '_password'));
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), role);
    -- The owner of a schema must be a role that the one who runs this may act for.
    IF NOT pg_has_role(current_user, role, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO %I', role, current_user);
    END IF;
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', service, role);
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET search_path = %I, public', role, current_database(), service);
  END LOOP;
END
$provision$;
