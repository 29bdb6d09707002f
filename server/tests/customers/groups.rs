//! Groups by rules: counted and listed by what is true now, two shops apart.

use super::{
    merchant::member,
    orders::staff,
    picture,
    world::{World, field},
};
use duka::{
    customers::edit_groups::{MOST, add_group, list},
    error::AppError,
    kernel::{
        access::Role,
        field_errors::{FieldErrors, FieldProblem},
        id::CustomerGroupId,
        typed::Typed,
    },
    pages::dashboard::customers::{
        groups,
        list::{CustomerFilter, load},
    },
};
use http::StatusCode;

/// Four people: who bought when, for how much, where, and what they are called by the merchant.
async fn people(world: &World) {
    for tenant in [world.njeri.tenant, world.kilimani.tenant] {
        world
            .sql(&format!(
                "insert into customers (tenant_id, phone, first_name, lifetime_value_cents, last_order_at, city_area, tags)
                 values ('{tenant}', '+254700000001', 'Fresh', 500000, now() - interval '5 days', 'Westlands', '{{vip}}'),
                        ('{tenant}', '+254700000002', 'Silent', 2000000, now() - interval '90 days', 'Karen', '{{vip,wholesale}}'),
                        ('{tenant}', '+254700000003', 'Small', 50000, now() - interval '20 days', 'westlands', '{{}}'),
                        ('{tenant}', '+254700000004', 'Never', 0, null, 'Westlands', '{{}}'),
                        ('{tenant}', null, 'Erased', 900000, now() - interval '1 day', null, '{{}}')"
            ))
            .await;
    }
}

fn typed(pairs: &[(&str, &str)]) -> Typed {
    pairs.iter().fold(Typed::default(), |typed, (name, value)| typed.with(name, *value))
}

#[tokio::test]
async fn every_rule_finds_whom_it_says_and_all_of_a_groups_rules_hold_at_once() {
    let world = World::new().await;
    people(&world).await;
    let ctx = staff(&world, &world.njeri, Role::Staff).await;
    for (nth, (rules, members)) in [
        (vec![("within", "30")], vec!["Fresh", "Small"]),
        (vec![("silent", "60")], vec!["Silent"]),
        (vec![("spent", "5,000")], vec!["Fresh", "Silent"]),
        (vec![("area", "WESTLANDS")], vec!["Fresh", "Never", "Small"]),
        (vec![("tag", "VIP")], vec!["Fresh", "Silent"]),
        (vec![("tag", "vip"), ("within", "30"), ("area", "Westlands")], vec!["Fresh"]),
        (vec![("tag", "nobody")], vec![]),
    ]
    .into_iter()
    .enumerate()
    {
        let (id, name) = (CustomerGroupId::mint(), format!("Group {nth}"));
        let form = typed(&[vec![("name", name.as_str())], rules.clone()].concat());
        add_group(&ctx, id, &form).await.unwrap();
        let found = load(&ctx, CustomerFilter { group: Some(id), ..CustomerFilter::default() }).await.unwrap();
        let mut names: Vec<&str> = found.rows.iter().map(|row| row.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, members, "{rules:?}");
        let counted = groups::load(&ctx).await.unwrap();
        let count = counted.iter().find(|(group, _)| group.id == id).map(|(_, count)| *count);
        assert_eq!(count, Some(u32::try_from(members.len()).unwrap()), "{rules:?}");
    }
}

#[tokio::test]
async fn a_group_is_added_once_changed_and_removed_over_its_pages() {
    let world = World::new().await;
    people(&world).await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let page = owner.browser.get("/dashboard/customers/groups").await.text();
    let new = field(&page, "group");
    let form = [("group", new.as_str()), ("name", "Good ones"), ("spent", "5000")];
    for _ in 0..2 {
        let added = owner.browser.post("/dashboard/customers/groups", &form).await;
        assert_eq!(added.header("location"), "/dashboard/customers/groups?saved");
    }
    assert_eq!(world.count("select count(*) from customer_groups").await, 1);
    let html = owner.browser.get("/dashboard/customers/groups").await.text();
    assert!(html.contains("2 customers") && html.contains("spent KSh 5,000 or more"), "{html}");
    let home = format!("/dashboard/customers/groups/{new}");
    let html = owner.browser.get(&home).await.text();
    assert_eq!(field(&html, "spent"), "5000");
    let changed = owner.browser.post(&home, &[("version", "1"), ("name", "Great ones"), ("spent", "10000")]).await;
    assert_eq!(changed.header("location"), format!("{home}?saved"));
    let stale = owner.browser.post(&home, &[("version", "1"), ("name", "Old"), ("spent", "1")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let html = owner.browser.get(&format!("/dashboard/customers?group={new}")).await.text();
    assert!(html.contains("Silent") && !html.contains("Fresh"), "{html}");
    for _ in 0..2 {
        let removed = owner.browser.post(&format!("{home}/remove"), &[]).await;
        assert_eq!(removed.header("location"), "/dashboard/customers/groups?saved");
    }
    assert_eq!(world.count("select count(*) from customer_groups").await, 0);
    assert_eq!(owner.browser.get(&home).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_group_that_says_nothing_is_refused_and_groups_have_a_limit() {
    let world = World::new().await;
    let before = picture(&world).await;
    let mut staff_page = member(&world, &world.njeri, Role::Staff).await;
    let refused = staff_page.browser.post("/dashboard/customers/groups", &[("name", "All")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Fill in one of these at least.") && refused.text().contains("value=\"All\""));
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await;
    let not_theirs = viewer.browser.post("/dashboard/customers/groups", &[("name", "A"), ("within", "3")]).await;
    assert_eq!(not_theirs.status, StatusCode::FORBIDDEN);
    assert_eq!(picture(&world).await, before);

    let ctx = staff(&world, &world.njeri, Role::Staff).await;
    for nth in 0..MOST {
        let name = format!("Group {nth}");
        add_group(&ctx, CustomerGroupId::mint(), &typed(&[("name", &name), ("within", "3")])).await.unwrap();
    }
    let full = add_group(&ctx, CustomerGroupId::mint(), &typed(&[("name", "More"), ("within", "3")])).await;
    assert_eq!(full, Err(AppError::Invalid(FieldErrors::one("name", FieldProblem::TooMany))));
    let theirs = staff(&world, &world.kilimani, Role::Staff).await;
    let same_name = typed(&[("name", "Group 1"), ("within", "3")]);
    add_group(&theirs, CustomerGroupId::mint(), &same_name).await.unwrap();
    let twice = add_group(&theirs, CustomerGroupId::mint(), &same_name).await;
    assert_eq!(twice, Err(AppError::Invalid(FieldErrors::one("name", FieldProblem::Taken))));
    assert_eq!(list(&theirs).await.unwrap().len(), 1);
}
