-- Forgets one wrong password of an address every half minute, however close they come: what had passed of a half minute was
-- lost with each new one, so that slips of many people twenty seconds apart were never forgotten and closed it to all.
-- Safe beside a running version: the function is called as before.

-- The function is the directory role's, and stays it.
grant create on schema public to duka_directory;
set local role duka_directory;

create or replace function sign_in_failed_from(key bytea) returns timestamptz
language plpgsql
security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    wrong int;
    wait_until timestamptz;
begin
    -- What has begun of the next half minute is kept for it, while there is something to forget.
    insert into public.sign_in_throttle as t (key_hash, failures)
    values (sign_in_failed_from.key, 1)
    on conflict (key_hash) do update
    set failures = least(
            greatest(t.failures - greatest(floor(extract(epoch from now() - t.last_failure_at) / 30), 0)::int, 0) + 1,
            110
        ),
        last_failure_at = case
            when now() - t.last_failure_at >= make_interval(secs => t.failures * 30) then now()
            else now() - make_interval(secs => mod(extract(epoch from now() - t.last_failure_at), 30)::float8)
        end,
        updated_at = now()
    returning t.failures into wrong;

    if wrong > 100 then
        wait_until := now() + make_interval(mins => least(15, (2 ^ least(wrong - 101, 4))::int));
    end if;

    update public.sign_in_throttle
    set blocked_until = wait_until
    where key_hash = sign_in_failed_from.key;

    return wait_until;
end
$$;

set local role duka_owner;
revoke create on schema public from duka_directory;
