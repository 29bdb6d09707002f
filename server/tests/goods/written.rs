//! Pages and posts: written, looked at, published now or later, found under old addresses, and deleted.

use crate::{
    forms::{Filled, picture, problem, text},
    merchant::{Member, member},
    world::{KILIMANI, NJERI, World},
};
use chrono::TimeDelta;
use duka::{
    ctx::Platform,
    kernel::{access::Role, clock::Clock},
};
use http::StatusCode;
use std::sync::Arc;

const LIST: &str = "/dashboard/pages";

/// Begins a draft as a merchant does; answers its address in the dashboard.
async fn begin(owner: &mut Member<'_>, title: &str, kind: &str) -> String {
    let page = owner.browser.get(LIST).await.text();
    let form = Filled::of(&page, LIST).with("title", title).with("kind", kind);
    let added = form.send(&mut owner.browser, LIST).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    assert_eq!(form.send(&mut owner.browser, LIST).await.header("location"), added.header("location"), "twice is once");
    added.header("location").to_owned()
}

/// The page's form with some fields typed anew, saved.
async fn save(owner: &mut Member<'_>, path: &str, typed: &[(&str, &str)]) -> StatusCode {
    let page = owner.browser.get(path).await.text();
    let form = typed.iter().fold(Filled::of(&page, path), |form, (name, value)| form.with(name, value));
    form.send(&mut owner.browser, path).await.status
}

#[tokio::test]
async fn a_post_is_looked_at_published_and_read_in_the_shop() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let path = begin(&mut owner, "How sisal is woven", "blog").await;
    assert_eq!(world.count("select count(*) from seo_pages").await, 1);
    for hidden in ["/blog", "/blog/how-sisal-is-woven", "/pages/how-sisal-is-woven"] {
        assert_eq!(world.get(NJERI, hidden).await.status, StatusCode::NOT_FOUND, "{hidden}");
    }
    assert!(!world.get(NJERI, "/").await.text().contains("href=\"/blog\""));

    let page = owner.browser.get(&path).await.text();
    let form = Filled::of(&page, &path)
        .with("body", "Woven **by hand**\r\n\r\n## Care\r\n[Kikoi](/p/kikoi)<script>x</script>");
    let before = picture(&world).await;
    let shown = form.send(&mut owner.browser, &format!("{path}/preview")).await;
    assert_eq!(shown.status, StatusCode::OK);
    let html = shown.text();
    assert!(html.contains("Nothing is saved yet") && html.contains("<strong>by hand</strong>"), "{html}");
    assert_eq!(picture(&world).await, before, "a preview writes nothing");

    let saved = Filled::of(&html, &path).with("state", "now").send(&mut owner.browser, &path).await;
    assert_eq!((saved.status, saved.header("location")), (StatusCode::SEE_OTHER, format!("{path}?saved").as_str()));
    let post = world.get(NJERI, "/blog/how-sisal-is-woven").await;
    assert_eq!(post.status, StatusCode::OK);
    let html = post.text();
    for part in [
        "<h1>How sisal is woven</h1>",
        "<h2>Care</h2>",
        "<a href=\"/p/kikoi\">Kikoi</a>",
        "\"@type\":\"Article\"",
        "content=\"article\"",
        "article:published_time",
        "rel=\"canonical\"",
    ] {
        assert!(html.contains(part), "{part} is missing: {html}");
    }
    assert!(!html.contains("noindex") && !html.contains("<script>x"), "{html}");
    let list = world.get(NJERI, "/blog").await.text();
    assert!(list.contains("href=\"/blog/how-sisal-is-woven\"") && list.contains("Woven by hand"), "{list}");
    assert!(world.get(NJERI, "/").await.text().contains("href=\"/blog\""), "the foot of the shop leads to it");
    assert!(world.get(NJERI, "/sitemaps/1.xml").await.text().contains("/blog/how-sisal-is-woven</loc>"));
    assert_eq!(
        world.get(NJERI, "/pages/how-sisal-is-woven").await.status,
        StatusCode::NOT_FOUND,
        "it is no plain page"
    );
    assert_eq!(world.get(NJERI, "/blog?page=2").await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get(KILIMANI, "/blog/how-sisal-is-woven").await.status, StatusCode::NOT_FOUND);
    assert!(!world.get(KILIMANI, "/").await.text().contains("href=\"/blog\""));

    // Kept out of search engines, and then out of the shop.
    let page = owner.browser.get(&path).await.text();
    let kept_out = Filled::of(&page, &path).without("indexable").send(&mut owner.browser, &path).await;
    assert_eq!(kept_out.status, StatusCode::SEE_OTHER);
    assert!(world.get(NJERI, "/blog/how-sisal-is-woven").await.text().contains("noindex"));
    assert!(!world.get(NJERI, "/sitemaps/1.xml").await.text().contains("/blog/"));
    assert_eq!(save(&mut owner, &path, &[("state", "draft")]).await, StatusCode::SEE_OTHER);
    assert_eq!(world.get(NJERI, "/blog/how-sisal-is-woven").await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.count("select count(*) from audit_log where action = 'page_edited'").await, 3);
    assert_eq!(world.count("select count(*) from audit_log where action = 'page_added'").await, 1);
}

#[tokio::test]
async fn a_plain_page_stands_at_the_foot_of_the_shop() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Staff).await;
    let path = begin(&mut owner, "About us", "page").await;
    assert_eq!(save(&mut owner, &path, &[("body", "We weave."), ("state", "now")]).await, StatusCode::SEE_OTHER);
    let home = world.get(NJERI, "/sw").await.text();
    assert!(home.contains("href=\"/sw/pages/about-us\"") && !home.contains("href=\"/sw/blog\""), "{home}");
    assert!(world.get(NJERI, "/pages/about-us").await.text().contains("<p>We weave.</p>"));
    assert_eq!(world.get(NJERI, "/blog/about-us").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_post_appears_by_itself_when_its_moment_comes() {
    let mut world = World::new().await;
    let clock = Clock::fixed(Clock::system().now());
    world.use_platform(Arc::new(Platform { clock: clock.clone(), ..(*world.app.platform).clone() }));
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let path = begin(&mut owner, "Sale", "blog").await;
    let refused = save(&mut owner, &path, &[("body", "Soon"), ("state", "at")]).await;
    assert_eq!(refused, StatusCode::UNPROCESSABLE_ENTITY, "a moment is missing");
    let later = [("body", "Soon"), ("state", "at"), ("at", "2090-01-02T08:00")];
    assert_eq!(save(&mut owner, &path, &later).await, StatusCode::SEE_OTHER);
    let moment = "select to_char(published_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') from seo_pages";
    assert_eq!(text(&world, moment).await, "2090-01-02 05:00", "by the shop's clock");
    assert!(owner.browser.get(LIST).await.text().contains("Scheduled"));

    world.sql("update seo_pages set published_at = now() + interval '10 minutes'").await;
    world.sql("update tenants set catalogue_version = catalogue_version + 1").await;
    assert_eq!(world.get(NJERI, "/blog/sale").await.status, StatusCode::NOT_FOUND);
    let home = world.get(NJERI, "/").await;
    assert!(!home.text().contains("href=\"/blog\""));
    assert!(!home.header("cache-control").contains("stale-while-revalidate=600"), "nobody keeps it beyond that moment");

    // The moment comes: nothing is written but the hour, and the page in memory is over.
    clock.advance(TimeDelta::minutes(11));
    world.sql("update seo_pages set published_at = now()").await;
    assert!(world.get(NJERI, "/").await.text().contains("href=\"/blog\""));
    assert_eq!(world.get(NJERI, "/blog/sale").await.status, StatusCode::OK);
}

#[tokio::test]
async fn two_people_write_one_page_and_nothing_of_either_is_lost() {
    let world = World::new().await;
    let (mut njeri, mut wanjiku) =
        (member(&world, &world.njeri, Role::Owner).await, member(&world, &world.njeri, Role::Staff).await);
    let path = begin(&mut njeri, "About us", "page").await;
    let (mine, hers) = (njeri.browser.get(&path).await.text(), wanjiku.browser.get(&path).await.text());
    let first = Filled::of(&hers, &path).with("summary", "Who we are").send(&mut wanjiku.browser, &path).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    let met = Filled::of(&mine, &path).with("body", "We weave.").send(&mut njeri.browser, &path).await;
    assert_eq!(met.status, StatusCode::CONFLICT);
    let both = Filled::of(&met.text(), &path);
    assert_eq!((both.get("summary"), both.get("body")), ("Who we are", "We weave."));
    assert_eq!(both.send(&mut njeri.browser, &path).await.status, StatusCode::SEE_OTHER);
    let stands = "select meta_description || ' ' || body || ' ' || version from seo_pages";
    assert_eq!(text(&world, stands).await, "Who we are <p>We weave.</p> 3");
}

#[tokio::test]
async fn who_may_not_write_reads_and_another_shop_finds_nothing() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await;
    let mut neighbour = member(&world, &world.kilimani, Role::Owner).await;
    let path = begin(&mut owner, "Our weavers", "page").await;
    save(&mut owner, &path, &[("body", "We weave.")]).await;
    let (preview, remove) = (format!("{path}/preview"), format!("{path}/remove"));
    let before = picture(&world).await;

    let list = viewer.browser.get(LIST).await.text();
    assert!(list.contains("Our weavers") && !list.contains("<form class=\"card sheet\""), "{list}");
    let page = viewer.browser.get(&path).await.text();
    assert!(page.contains("<p>We weave.</p>") && !page.contains("name=\"body\""), "{page}");
    let form = [("version", "2"), ("title", "Mine"), ("slug", "mine"), ("state", "draft"), ("sure", "on")];
    for address in [path.as_str(), &preview, &remove, LIST] {
        assert_eq!(viewer.browser.post(address, &form).await.status, StatusCode::FORBIDDEN, "{address}");
    }

    assert!(!neighbour.browser.get(LIST).await.text().contains("Our weavers"));
    assert_eq!(neighbour.browser.get(&path).await.status, StatusCode::NOT_FOUND);
    for address in [path.as_str(), &preview] {
        assert_eq!(neighbour.browser.post(address, &form[..4]).await.status, StatusCode::NOT_FOUND, "{address}");
    }
    let gone = [("version", "2"), ("sure", "on")];
    assert_eq!(neighbour.browser.post(&remove, &gone).await.status, StatusCode::NOT_FOUND);
    assert_eq!(picture(&world).await, before);
}

#[tokio::test]
async fn an_old_address_leads_on_and_is_never_anothers() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let path = begin(&mut owner, "Sisal", "blog").await;
    let published = [("body", "Woven"), ("state", "now"), ("slug", "sisal-baskets")];
    assert_eq!(save(&mut owner, &path, &published).await, StatusCode::SEE_OTHER);
    for (old, now) in [("/blog/sisal", "/blog/sisal-baskets"), ("/sw/blog/sisal", "/sw/blog/sisal-baskets")] {
        let answer = world.get(NJERI, old).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::MOVED_PERMANENTLY, now), "{old}");
    }
    assert_eq!(world.get(KILIMANI, "/blog/sisal").await.status, StatusCode::NOT_FOUND);

    let other = begin(&mut owner, "Sisal", "page").await;
    for (slug, words) in [
        ("sisal", "Somebody has this already. Choose another."),
        ("sisal-baskets", "Somebody has this already. Choose another."),
        ("privacy", "Somebody has this already. Choose another."),
    ] {
        let page = owner.browser.get(&other).await.text();
        let refused = Filled::of(&page, &other).with("slug", slug).send(&mut owner.browser, &other).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{slug}");
        assert_eq!(problem(&refused.text(), "slug"), words, "{slug}");
    }
    let slugs = "select string_agg(slug, ' ' order by slug) from seo_pages";
    assert_eq!(text(&world, slugs).await, "sisal-2 sisal-baskets");
}

#[tokio::test]
async fn a_page_is_deleted_only_by_somebody_who_is_sure() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let path = begin(&mut owner, "Sisal", "blog").await;
    assert_eq!(save(&mut owner, &path, &[("body", "Woven"), ("state", "now")]).await, StatusCode::SEE_OTHER);
    let remove = format!("{path}/remove");
    let page = owner.browser.get(&path).await.text();
    let form = Filled::of(&page, &remove);
    let refused = form.send(&mut owner.browser, &remove).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Please tick this to go on."), "{}", refused.text());
    // Somebody wrote in it meanwhile.
    assert_eq!(save(&mut owner, &path, &[("body", "Woven by hand")]).await, StatusCode::SEE_OTHER);
    assert_eq!(form.with("sure", "on").send(&mut owner.browser, &remove).await.status, StatusCode::CONFLICT);
    assert_eq!(world.get(NJERI, "/blog/sisal").await.status, StatusCode::OK);

    let page = owner.browser.get(&path).await.text();
    let gone = Filled::of(&page, &remove).with("sure", "on").send(&mut owner.browser, &remove).await;
    assert_eq!((gone.status, gone.header("location")), (StatusCode::SEE_OTHER, LIST));
    assert_eq!(world.get(NJERI, "/blog/sisal").await.status, StatusCode::NOT_FOUND);
    assert_eq!(owner.browser.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.count("select count(*) from audit_log where action = 'page_removed'").await, 1);
}
