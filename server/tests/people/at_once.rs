//! Two owners who do the same first thing at the same moment: one did it, and the other is told.

use crate::{merchant::member, world::World};
use duka::{
    ctx::Ctx,
    error::AppError,
    kernel::{
        access::{Actor, Role},
        locale::Locale,
        typed::Typed,
    },
    payments::{account_settings, card_settings},
    tenancy::invites::invite,
};

/// Two owners of one shop, each on their own.
async fn owners(world: &World) -> [Ctx; 2] {
    let mut owners = Vec::new();
    for _ in 0..2 {
        let user = member(world, &world.njeri, Role::Owner).await.user;
        let actor = Actor::Member { user, role: Role::Owner };
        owners.push(Ctx::new(world.app.platform.clone(), world.njeri.tenant, actor));
    }
    owners.try_into().unwrap()
}

fn sorted(one: Result<(), AppError>, other: Result<(), AppError>) -> [Result<(), AppError>; 2] {
    let mut said = [one, other];
    said.sort_by_key(Result::is_err);
    said
}

#[tokio::test]
async fn who_sets_up_an_account_for_money_second_sees_the_first_ones() {
    let world = World::new().await;
    let [one, other] = owners(&world).await;
    let mpesa = Typed::default()
        .with("kind", "till")
        .with("short_code", "600000")
        .with("till_number", "5123456")
        .with("consumer_key", "key")
        .with("consumer_secret", "secret")
        .with("passkey", "pass");
    let (first, second) = tokio::join!(
        account_settings::change_account(&one, 0, &mpesa),
        account_settings::change_account(&other, 0, &mpesa)
    );
    assert_eq!(sorted(first, second), [Ok(()), Err(AppError::ChangedMeanwhile)]);
    assert_eq!(world.count("select count(*) from mpesa_accounts").await, 1);

    let card = Typed::default().with("public_key", "pk_test_njeri").with("secret_key", "sk_test_njeri");
    let (first, second) =
        tokio::join!(card_settings::change_account(&one, 0, &card), card_settings::change_account(&other, 0, &card));
    assert_eq!(sorted(first, second), [Ok(()), Err(AppError::ChangedMeanwhile)]);
    assert_eq!(world.count("select count(*) from card_accounts").await, 1);
}

#[tokio::test]
async fn two_who_invite_one_person_at_once_leave_one_invite() {
    let world = World::new().await;
    let [one, other] = owners(&world).await;
    let typed = Typed::default().with("email", "otieno@duka.test").with("role", "staff");
    for _ in 0..5 {
        let (first, second) = tokio::join!(invite(&one, &typed, Locale::En), invite(&other, &typed, Locale::En));
        // One after the other takes the place of the one before; at once, the second is told to look again.
        for said in [first, second].into_iter().filter_map(Result::err) {
            assert_eq!(said, AppError::ChangedMeanwhile);
        }
        let open = "select count(*) from staff_invites where accepted_at is null and revoked_at is null";
        assert_eq!(world.count(open).await, 1);
    }
}
