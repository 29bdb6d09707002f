-- Notes of whoever asked to be erased whether only a code by mail said that it was them, and asks that again before it is done.
-- Safe beside a running version: a column with a default, and a new function.

alter table customers add column is_erasing_by_mail boolean not null default false;

grant insert (is_erasing_by_mail), update (is_erasing_by_mail) on customers to duka_app, duka_worker;

comment on column customers.is_erasing_by_mail is 'Whether erase_asked_at rests on a code that came by mail: then it is done only while that still proves the phone.';

-- Plain SQL with the caller's rights, as in 0108: planned into the statement that calls it.
create function proved_by_mail(tenant uuid, person uuid) returns table (is_held boolean, is_sure boolean)
language sql
stable
as $$
    select coalesce((
               select count(distinct e.customer_email) = 1 and bool_and(coalesce(e.customer_email, '') <> '')
               from public.orders e
               where e.tenant_id = tenant
                 and (e.customer_id = c.id or e.customer_phone = c.phone)
           ), false),
           coalesce(c.created_at >= (
               select min(f.created_at)
               from public.orders f
               where f.tenant_id = tenant
                 and (f.customer_id = c.id or f.customer_phone = c.phone)
           ), false)
           and not exists (
               select
               from public.customer_consents k
               where k.tenant_id = tenant
                 and k.customer_id = c.id
                 and k.source <> 'checkout'
           )
           and not exists (
               select
               from public.whatsapp_threads t
               where t.tenant_id = tenant
                 and t.customer_id = c.id
           )
           and not exists (
               select
               from public.payments p
               left join public.orders o on o.tenant_id = tenant and o.id = p.order_id
               where p.tenant_id = tenant
                 and p.phone = c.phone
                 and o.customer_id is distinct from c.id
           )
    from public.customers c
    where c.tenant_id = tenant
      and c.id = person
$$;

comment on function proved_by_mail(uuid, uuid) is
    'Whether a code that came by mail lets in as this customer now, and whether all that is kept of the phone is theirs to have and to end.';

grant execute on function proved_by_mail(uuid, uuid) to duka_app, duka_worker, duka_ops;
