//! The shop's blog: its posts, the newest first.

use crate::storefront::{document, head::Head};
use crate::text::{blog, shop::words};
use duka::pages::storefront::{
    frame::ShopFrame,
    written::{BlogPage, PostCard},
};
use leptos::prelude::*;

pub fn blog(frame: &ShopFrame, page: &BlogPage) -> String {
    let words = blog::words(frame.locale);
    let head = Head::new(words.title).described(&(words.description)(&frame.name));
    document::page(frame, head, || {
        view! {
            <h1>{words.title}</h1>
            <ul class="posts">{page.posts.iter().map(|post| card(frame, post)).collect::<Vec<_>>()}</ul>
            {pager(frame, page)}
        }
    })
}

fn card(frame: &ShopFrame, post: &PostCard) -> impl IntoView + use<> {
    let href = frame.locale.path(&format!("/blog/{}", post.slug));
    let day = blog::words(frame.locale).day(&post.published);
    view! {
        <li>
            <h2><a href=href>{post.title.clone()}</a></h2>
            <p class="posts__day"><time datetime=post.published.as_str().to_owned()>{day}</time></p>
            <p>{post.summary.clone()}</p>
        </li>
    }
}

fn pager(frame: &ShopFrame, page: &BlogPage) -> impl IntoView + use<> {
    let words = words(frame.locale);
    let (at, last) = (page.number, page.page_count);
    let home = frame.locale.path("/blog");
    let link = |to: u32, name: &'static str, rel: &'static str| {
        let href = if to > 1 { format!("{home}?page={to}") } else { home.clone() };
        view! { <a class="button button--quiet" rel=rel href=href>{name}</a> }
    };
    (last > 1).then(|| {
        view! {
            <nav class="pager" aria-label=words.pages>
                {(at > 1).then(|| link(at - 1, words.previous, "prev"))}
                <span>{(words.page_of)(at, last)}</span>
                {(at < last).then(|| link(at + 1, words.next, "next"))}
            </nav>
        }
    })
}
