//! What is sent, to whom, in which words, how often; and what is not.

use super::world::{FROM, NJERI, World};
use duka::{
    jobs::{kinds::Job, worker::Dispatch as _},
    kernel::token::Token,
};
use server::mailer::Mailer;

/// The token of the first link that begins so.
fn token_of(text: &str, before: &str) -> Token {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("{before} is not in {text}"));
    Token::parse(&rest[..64]).unwrap()
}

#[tokio::test]
async fn a_reset_mail_arrives_in_the_readers_language_with_a_link_that_opens() {
    let mut world = World::new().await;
    for (locale, subject, greeting, page) in [
        ("en", "Choose a new password", "Hello Njeri <b>,", "http://localhost:3000/reset/"),
        ("sw", "Chagua nenosiri jipya", "Habari Njeri <b>,", "http://localhost:3000/sw/reset/"),
    ] {
        let (link, _) = world.reset_link().await;
        let mail = world.ask("reset_password", locale, link.uuid()).await;
        world.work().await;
        assert_eq!(world.status(mail).await, "sent");
        let arrived = world.mailbox().await.pop().unwrap();
        assert_eq!(arrived["path"], NJERI);
        assert_eq!(arrived["headers"]["subject"], subject);
        assert_eq!(arrived["headers"]["auto-submitted"], "auto-generated");
        assert_eq!(arrived["headers"]["message-id"], format!("<{mail}@duka.test>"));
        assert!(arrived["headers"]["from"].as_str().unwrap().contains("no-reply@duka.test"));
        let (plain, html) = (arrived["body"].as_str().unwrap(), arrived["html"].as_str().unwrap());
        assert!(plain.starts_with(greeting), "{plain}");
        assert!(html.contains(&format!("<html lang=\"{locale}\">")) && html.contains("Njeri &lt;b&gt;"), "{html}");
        let token = token_of(plain, page);
        assert!(html.contains(&format!("href=\"{page}{}\"", token.hex())), "{html}");
        let opened: uuid::Uuid =
            sqlx::query_scalar("select token_id from directory_account_token($1, 'reset_password')")
                .bind(token.hash())
                .fetch_one(&mut world.app)
                .await
                .unwrap();
        assert_eq!(opened, link.uuid());
    }
}

#[tokio::test]
async fn an_invite_leads_to_its_own_address() {
    let mut world = World::new().await;
    let (invite, token) = world.invite().await;
    let mail = world.ask("invite", "en", invite.uuid()).await;
    world.work().await;
    assert_eq!(world.status(mail).await, "sent");
    let arrived = world.mailbox().await.pop().unwrap();
    assert_eq!(token_of(arrived["body"].as_str().unwrap(), "http://localhost:3000/invites/"), token);
    assert_eq!(arrived["headers"]["subject"], "Join Shop mama-njeri on Duka");
}

#[tokio::test]
async fn notices_say_what_changed() {
    let mut world = World::new().await;
    let user = world.user.uuid();
    for (kind, subject) in [
        ("welcome", "Shop mama-njeri is ready on Duka"),
        ("email_changed", "Your e-mail was changed"),
        ("password_changed", "Your password was changed"),
        ("second_factor_changed", "Codes from your phone are off"),
    ] {
        world.ask(kind, "en", user).await;
        world.work().await;
        assert_eq!(world.mailbox().await.pop().unwrap()["headers"]["subject"], subject);
    }
}

#[tokio::test]
async fn asked_twice_it_is_sent_once() {
    let mut world = World::new().await;
    let (link, _) = world.reset_link().await;
    let mail = world.ask("reset_password", "en", link.uuid()).await;
    world.work().await;
    world.work().await;
    world.enqueue(mail).await;
    world.work().await;
    assert_eq!(world.mailbox().await.len(), 1);
}

#[tokio::test]
async fn what_is_over_is_dropped_and_nobody_is_written_to() {
    let mut world = World::new().await;
    for over in [
        "update account_tokens set used_at = now()",
        "update account_tokens set expires_at = now() - interval '1 second'",
        "update users set status = 'disabled'",
    ] {
        let (link, _) = world.reset_link().await;
        let mail = world.ask("reset_password", "en", link.uuid()).await;
        world.run(over).await;
        world.work().await;
        assert_eq!(world.status(mail).await, "dropped", "{over}");
    }
    world.run("update users set status = 'active'").await;
    for over in ["revoked_at = now()", "accepted_at = now()"] {
        let (invite, _) = world.invite().await;
        let mail = world.ask("invite", "en", invite.uuid()).await;
        world.run(&format!("update staff_invites set {over} where id = '{invite}'")).await;
        world.work().await;
        assert_eq!(world.status(mail).await, "dropped", "{over}");
    }
    assert_eq!(world.mailbox().await.len(), 0);
}

#[tokio::test]
async fn a_server_that_says_later_is_asked_again_and_one_that_says_never_is_not() {
    let mut world = World::new().await;
    let (link, _) = world.reset_link().await;
    let registry = world.registry(world.by_smtp());
    let mail = world.ask("reset_password", "en", link.uuid()).await;
    world.fault("refuse").await;
    assert!(registry.run(world.shop.tenant, Job::SendMail(mail)).await.is_err());
    assert_eq!(world.status(mail).await, "queued");
    assert!(registry.run(world.shop.tenant, Job::SendMail(mail)).await.is_ok());
    assert_eq!(world.status(mail).await, "sent");

    let refused = world.ask("reset_password", "en", link.uuid()).await;
    world.fault("500").await;
    assert!(registry.run(world.shop.tenant, Job::SendMail(refused)).await.is_ok());
    assert_eq!(world.status(refused).await, "dropped");
    assert_eq!(world.mailbox().await.len(), 1);
}

#[tokio::test]
async fn nobody_at_the_servers_address_means_later() {
    let mut world = World::new().await;
    let mail = world.ask("password_changed", "en", world.user.uuid()).await;
    let registry = world.registry(Mailer::smtp("smtp://127.0.0.1:9", FROM).unwrap());
    assert!(registry.run(world.shop.tenant, Job::SendMail(mail)).await.is_err());
    assert_eq!(world.status(mail).await, "queued");
}

#[tokio::test]
async fn without_a_server_a_mail_is_a_file_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut world = World::new().await;
    let folder = std::env::temp_dir().join(format!("duka-mails-{}", world.shop.tenant));
    let registry = world.registry(Mailer::folder(folder.clone(), FROM).unwrap());
    let (link, token) = world.reset_link().await;
    let mail = world.ask("reset_password", "en", link.uuid()).await;
    for _ in 0..2 {
        registry.run(world.shop.tenant, Job::SendMail(mail)).await.unwrap();
    }
    assert_eq!(world.status(mail).await, "sent");
    let path = folder.join(format!("{mail}.eml"));
    let text = std::fs::read_to_string(&path).unwrap().replace("=\r\n", "");
    assert!(text.contains("Subject: Choose a new password\r\n") && text.contains(&token.hex()), "{text}");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    std::fs::remove_dir_all(folder).unwrap();
}
