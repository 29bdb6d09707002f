-- Creates the one door through which the app role puts work into the job queue, which it cannot see.
-- Safe beside a running version: only a new function; the queue's own schema comes later and is looked up when called.

create function enqueue_job(kind text, payload jsonb, run_at timestamptz, job_key text) returns void
language plpgsql
security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
begin
    if tenant is null then
        raise exception 'a job needs a tenant: app.tenant_id is not set' using errcode = 'insufficient_privilege';
    end if;
    if octet_length(payload::text) > 65536 then
        raise exception 'the payload of a % job is larger than 64 KiB', kind using errcode = 'program_limit_exceeded';
    end if;

    -- A key is unique in the whole queue: with the tenant in it, no tenant can replace another's job.
    perform graphile_worker.add_job(
        identifier => enqueue_job.kind,
        payload => jsonb_build_object('tenant', tenant, 'body', enqueue_job.payload)::json,
        queue_name => null,
        run_at => enqueue_job.run_at,
        max_attempts => 25,
        job_key => tenant::text || ':' || enqueue_job.job_key,
        job_key_mode => 'replace'
    );
end
$$;

comment on function enqueue_job(text, jsonb, timestamptz, text) is
    'Puts a job of the current tenant into the queue, as {"tenant": …, "body": payload}. run_at null is now. A job_key replaces the tenant''s waiting job of that key; null never does.';

grant execute on function enqueue_job(text, jsonb, timestamptz, text) to duka_app, duka_worker;
