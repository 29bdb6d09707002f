-- Lets the worker drop months of events that are older than what is kept, as the table's comment has said from the start.
-- Safe beside a running version: a new function, which the version before does not call.

create function drop_event_partitions(months_kept int) returns int
language plpgsql
security definer
set search_path = pg_catalog, public, pg_temp
-- Who writes events waits behind this for a second and no longer; what could not be locked goes another time.
set lock_timeout = '1s'
as $$
declare
    oldest text := 'events_' || to_char(
        date_trunc('month', now() at time zone 'UTC') - make_interval(months => months_kept), 'YYYY_MM'
    );
    child text;
    dropped int := 0;
begin
    if months_kept is null or months_kept not between 13 and 120 then
        raise exception 'months_kept must be between 13 and 120, got %', months_kept;
    end if;
    for child in
        select c.relname
        from pg_inherits i
        join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'public.events'::regclass
          and c.relname ~ '^events_[0-9]{4}_[0-9]{2}$'
          and c.relname < oldest
        order by c.relname
    loop
        execute format('drop table public.%I', child);
        dropped := dropped + 1;
    end loop;
    return dropped;
end
$$;

comment on function drop_event_partitions(int) is
    'Drops the months (UTC) of events before the last so many and this one; returns how many went.';

grant execute on function drop_event_partitions(int) to duka_worker;
