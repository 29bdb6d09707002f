-- Gives the worker role what it needs of the job queue, and the app role nothing; run as duka_owner after the queue's own migrations.
-- Running it again changes nothing.

revoke all on schema graphile_worker from public, duka_app;
revoke all on all tables in schema graphile_worker from public, duka_app;
revoke all on all sequences in schema graphile_worker from public, duka_app;
revoke execute on all functions in schema graphile_worker from public, duka_app;

grant usage on schema graphile_worker to duka_worker, duka_ops;
grant select on all tables in schema graphile_worker to duka_worker;
grant usage, select on all sequences in schema graphile_worker to duka_worker, duka_ops;
grant execute on all functions in schema graphile_worker to duka_worker;
grant select, insert, update, delete on all tables in schema graphile_worker to duka_ops;

-- The worker writes the queue's own tables, but not the record of its migrations. The queue enables row security on
-- some of them without a policy, which would show the worker nothing.
do $$
declare
    part record;
begin
    for part in
        select c.oid::regclass as target, c.relname, c.relrowsecurity
        from pg_class c
        where c.relnamespace = 'graphile_worker'::regnamespace
          and c.relkind in ('r', 'p')
          and c.relname <> 'migrations'
    loop
        execute format('grant insert, update, delete on %s to duka_worker', part.target);
        if part.relrowsecurity and not exists (
            select from pg_policy where polrelid = part.target::oid and polname = part.relname || '_worker'
        ) then
            execute format(
                'create policy %I on %s for all to duka_worker using (true) with check (true)',
                part.relname || '_worker', part.target
            );
        end if;
    end loop;
end
$$;
