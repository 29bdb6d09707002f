-- Lets wrong passwords of an address be counted apart from those of an account: behind a mobile network's gateway one
-- address is thousands of people, and five slips an hour among them must not keep all of them out.
-- Safe beside a running version: only a new function; an older version counts addresses as it did.

create function sign_in_failed_from(key bytea) returns timestamptz
language plpgsql
security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    wrong int;
    wait_until timestamptz;
begin
    -- One is forgotten every half minute, however close they come: what has begun of the next half minute is kept for it,
    -- while there is something to forget. Slips of many people twenty seconds apart never add up.
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

comment on function sign_in_failed_from(bytea) is
    'Counts a wrong password of an address, which many may share. A hundred cost nothing, and one is forgotten every half minute; beyond, the key must wait 1, 2, 4, 8, then 15 minutes. Returns until when, or null.';

grant execute on function sign_in_failed_from(bytea) to duka_app, duka_worker;

-- A function can only be given to a role that may create in its schema; the right is taken back at once.
grant create on schema public to duka_directory;
alter function sign_in_failed_from(bytea) owner to duka_directory;
revoke create on schema public from duka_directory;
