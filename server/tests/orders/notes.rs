//! Notes that stay, tags that change, both seen in the list and on the order.

use super::site::site;
use duka::{
    error::AppError,
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        id::OrderNoteId,
        typed::Typed,
    },
    orders::write_note::{NewNote, set_tags, write_note},
    pages::dashboard::{order, order_notes},
};
use http::StatusCode;

fn note(text: &str) -> NewNote {
    NewNote { id: OrderNoteId::mint(), text: text.into() }
}

fn tagged(tags: &str) -> Typed {
    Typed::default().with("tags", tags)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_written_once_with_its_author_and_cannot_be_changed() {
    let site = site().await;
    let order = site.cash_order(&[(0, 1)], 1_150).await.order;
    let first = note("call first\nthen bring");
    for _ in 0..3 {
        write_note(&site.staff, order, &first).await.unwrap();
    }
    write_note(&site.owner, order, &note("gate is blue")).await.unwrap();
    let page = order_notes::load(&site.viewer, order).await.unwrap();
    let written: Vec<_> = page.notes.iter().map(|note| (note.text.as_str(), note.by.as_deref())).collect();
    assert_eq!(
        written,
        [("gate is blue", Some("owner@ours.test")), ("call first\nthen bring", Some("staff@ours.test"))]
    );
    assert_eq!(site.story.count("audit_log where action = 'order_note_written'").await, 2);
    assert_eq!(site.story.count("audit_log where details::text like '%gate%'").await, 0, "the log has no words of it");
    let detail = order::load(&site.viewer, order).await.unwrap();
    assert_eq!((detail.last_note.as_deref(), detail.note_count), (Some("gate is blue"), 2));
    let right = "information_schema.role_table_grants where table_name = 'order_notes' and grantee = 'duka_app' and privilege_type in ('UPDATE', 'DELETE')";
    assert_eq!(site.story.count(right).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_are_set_over_what_was_seen_and_never_over_a_colleagues() {
    let site = site().await;
    let order = site.cash_order(&[(0, 1)], 1_150).await.order;
    set_tags(&site.staff, order, 1, &tagged("Gift, call first")).await.unwrap();
    assert_eq!(order::load(&site.viewer, order).await.unwrap().tags, ["call first", "gift"]);
    // Sent again it is said already.
    set_tags(&site.staff, order, 1, &tagged("call first,gift")).await.unwrap();
    assert_eq!(site.standing(order).await.2, 2);
    let before = site.picture().await;
    assert_eq!(set_tags(&site.owner, order, 1, &tagged("late")).await, Err(AppError::ChangedMeanwhile));
    for (tags, problem) in [
        ("a,b,c,d,e,f,g,h,i,j,k", FieldProblem::TooMany),
        ("this tag is much longer than a tag may be", FieldProblem::TooLong),
    ] {
        let wrong = AppError::Invalid(FieldErrors::one("tags", problem));
        assert_eq!(set_tags(&site.owner, order, 2, &tagged(tags)).await, Err(wrong));
    }
    assert_eq!(site.picture().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_writes_on_an_order() {
    let site = site().await;
    let order = site.cash_order(&[(0, 1)], 1_150).await.order;
    let before = site.picture().await;
    assert_eq!(write_note(&site.viewer, order, &note("x")).await, Err(AppError::NotPermitted));
    assert_eq!(write_note(&site.stranger, order, &note("x")).await, Err(AppError::NotFound));
    assert_eq!(set_tags(&site.viewer, order, 1, &tagged("x")).await, Err(AppError::NotPermitted));
    assert_eq!(set_tags(&site.stranger, order, 1, &tagged("x")).await, Err(AppError::NotFound));
    assert_eq!(order_notes::load(&site.stranger, order).await, Err(AppError::NotFound));
    assert_eq!(site.picture().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_keeps_what_was_typed_and_shows_two_edits_side_by_side() {
    let site = site().await;
    let order = site.cash_order(&[(0, 1)], 1_150).await.order;
    let at = format!("/dashboard/orders/{order}");
    let notes = format!("{at}/notes");
    let mut staff = site.signed_in("staff@ours.test").await;
    let id = OrderNoteId::mint().to_string();
    staff.post(&notes, &[("id", &id), ("note", "ring <twice>")]).await.leads_to(&notes);
    let page = staff.get(&notes).await.text;
    assert!(page.contains("ring &lt;twice") && page.contains("staff@ours.test"), "{page}");
    let long = "x".repeat(1_001);
    for (fields, told) in [
        (vec![("id", id.as_str()), ("note", "  ")], "Please fill this in."),
        (vec![("id", id.as_str()), ("note", long.as_str())], "This is too long."),
        (vec![("id", "1"), ("note", "kept")], ">kept</textarea>"),
        (vec![("id", id.as_str()), ("note", "kept"), ("by", "me")], ">kept</textarea>"),
    ] {
        let answer = staff.post(&notes, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        assert!(answer.text.contains(told), "{told}:\n{}", answer.text);
    }
    assert_eq!(site.story.count("order_notes").await, 1);

    let tags = format!("{at}/tags");
    let seen = "{\"tags\":\"\"}";
    staff.post(&tags, &[("version", "1"), ("seen", seen), ("tags", "gift")]).await.leads_to(&format!("{notes}?saved"));
    let meeting = staff.post(&tags, &[("version", "1"), ("seen", seen), ("tags", "late")]).await;
    assert_eq!(meeting.status, StatusCode::CONFLICT);
    assert!(meeting.text.contains("value=\"late\"") && meeting.text.contains("gift"), "{}", meeting.text);
    let list = staff.get("/dashboard/orders?tag=gift").await.text;
    assert!(list.contains("<span class=\"tag\">gift</span>") && list.contains("1 note"), "{list}");
    let mut viewer = site.signed_in("viewer@ours.test").await;
    let seen = viewer.get(&notes).await.text;
    assert!(seen.contains("ring &lt;twice") && !seen.contains("<textarea"), "{seen}");
}
