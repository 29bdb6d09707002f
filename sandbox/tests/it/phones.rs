//! The phones page and the person in front of it.

use serde_json::json;

use crate::{push::FormBody, shop::Shop};

async fn page(shop: &Shop) -> String {
    let answer = shop.http.get(shop.url("/")).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    answer.text().await.unwrap()
}

#[tokio::test]
async fn a_prompt_is_shown_with_its_question_and_five_buttons() {
    let shop = Shop::open().await;
    assert!(page(&shop).await.contains("No phone is ringing"));
    let mut push = shop.good_push();
    push["AccountReference"] = "<b>1001".into();
    shop.accepted(&push).await;
    let html = page(&shop).await;
    let question = "Do you want to pay KSh 1,450 to MAMA NJERI (509731) account &lt;b&gt;1001? Enter M-PESA PIN";
    assert!(html.contains(question), "{html}");
    assert!(html.contains("0711 223 344"));
    for label in ["Approve", "Cancel", "Wrong PIN", "Not enough money", "Ignore"] {
        assert!(html.contains(&format!(">{label}</button>")), "{label}");
    }
}

#[tokio::test]
async fn every_button_ends_the_prompt_with_its_code() {
    let mut shop = Shop::open().await;
    let buttons = [
        ("answer=approve", 0, "Paid"),
        ("answer=cancel", 1032, "Cancelled"),
        ("answer=wrong_pin", 2001, "Wrong PIN"),
        ("answer=no_money", 1, "Not enough money"),
        ("answer=ignore", 1037, "Ignored"),
    ];
    for (place, (body, code, outcome)) in buttons.into_iter().enumerate() {
        shop.accepted(&shop.good_push()).await;
        let url = shop.url(&format!("/phones/{}/answer", place + 1));
        let answer = shop.http.post(url).form_body(body).send().await.unwrap();
        assert_eq!(answer.status(), 303);
        assert_eq!(answer.headers()["location"], "/");
        assert_eq!(shop.callback().await.stk()["ResultCode"], json!(code));
        assert!(page(&shop).await.contains(&format!(">{outcome}</b> · ")), "{outcome}");
    }
}

#[tokio::test]
async fn a_second_press_changes_nothing() {
    let mut shop = Shop::open().await;
    let id = shop.accepted(&shop.good_push()).await;
    for body in ["answer=approve", "answer=cancel"] {
        let answer = shop.http.post(shop.url("/phones/1/answer")).form_body(body).send().await.unwrap();
        assert_eq!(answer.status(), 303);
    }
    assert_eq!(shop.query(&id).await.1["ResultCode"], "0");
    assert_eq!(shop.callback().await.stk()["ResultCode"], json!(0));
    assert!(shop.is_quiet());
}

#[tokio::test]
async fn an_unknown_prompt_and_an_unknown_answer_are_refused() {
    let shop = Shop::open().await;
    for id in ["1", "abc", "99999999999999999999999"] {
        let url = shop.url(&format!("/phones/{id}/answer"));
        assert_eq!(shop.http.post(url).form_body("answer=approve").send().await.unwrap().status(), 404);
    }
    shop.accepted(&shop.good_push()).await;
    let answer = shop.http.post(shop.url("/phones/1/answer")).form_body("answer=maybe").send().await.unwrap();
    assert_eq!(answer.status(), 422);
}
