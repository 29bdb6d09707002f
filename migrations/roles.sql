-- Creates Duka's six roles and hands the schema to its owner; a superuser runs it in each database before the migrations.
-- Running it again changes nothing. It holds no passwords: the program sets those with `alter role … password`.

do $$
declare
    wanted text;
begin
    foreach wanted in array array[
        'duka_owner', 'duka_migrator', 'duka_app', 'duka_worker', 'duka_directory', 'duka_ops'
    ]
    loop
        begin
            if not exists (select from pg_roles where rolname = wanted) then
                execute format('create role %I', wanted);
            end if;
        exception
            -- two databases of one cluster may be prepared at the same moment
            when duplicate_object or unique_violation then null;
        end;
    end loop;
end
$$;

-- noinherit: the owner may hand functions to the directory role, but does not read through its policies.
alter role duka_owner nologin noinherit nosuperuser nocreatedb nocreaterole nobypassrls;
alter role duka_migrator login inherit nosuperuser nocreatedb nocreaterole nobypassrls;
alter role duka_app login noinherit nosuperuser nocreatedb nocreaterole nobypassrls;
alter role duka_worker login noinherit nosuperuser nocreatedb nocreaterole nobypassrls;
alter role duka_directory nologin noinherit nosuperuser nocreatedb nocreaterole nobypassrls;
alter role duka_ops login noinherit nosuperuser nocreatedb nocreaterole bypassrls;

grant duka_owner to duka_migrator;
grant duka_directory to duka_owner;

alter role duka_app set statement_timeout = '5s';
alter role duka_app set lock_timeout = '2s';
alter role duka_app set idle_in_transaction_session_timeout = '10s';
alter role duka_worker set statement_timeout = '60s';
alter role duka_worker set lock_timeout = '10s';
alter role duka_worker set idle_in_transaction_session_timeout = '60s';
alter role duka_migrator set lock_timeout = '10s';
-- Every statement names its tenant by a parameter, so one plan is right for all; making it anew each time took
-- more than half of a page's time in the database.
alter role duka_app set plan_cache_mode = 'force_generic_plan';
alter role duka_worker set plan_cache_mode = 'force_generic_plan';

-- This database: only the owner creates, and nobody makes temporary tables that could stand in front of real ones.
do $$
begin
    execute format('revoke create, temporary on database %I from public', current_database());
    execute format('grant create, temporary on database %I to duka_owner', current_database());
    execute format(
        'grant connect on database %I to duka_migrator, duka_app, duka_worker, duka_ops',
        current_database()
    );
end
$$;

alter schema public owner to duka_owner;
revoke all on schema public from public;
grant usage on schema public to duka_app, duka_worker, duka_directory, duka_ops;
