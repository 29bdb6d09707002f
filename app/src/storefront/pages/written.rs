//! One post of the blog, or one plain page, as the merchant wrote it.

use crate::storefront::{
    document,
    head::Head,
    parts::{breadcrumbs, pictured::pictured},
};
use crate::text::blog;
use duka::content::PageKind;
use duka::pages::storefront::{frame::ShopFrame, parts::Picture, written::WrittenPage};
use duka::seo::{meta, schema_org};
use leptos::prelude::*;

pub fn written(frame: &ShopFrame, page: &WrittenPage) -> String {
    let words = blog::words(frame.locale);
    let is_post = page.kind == PageKind::Post;
    let steps = [(words.title.to_owned(), "/blog".to_owned()), (page.title.clone(), frame.path.clone())];
    let mut head = Head::new(page.title.clone()).described(page.summary.as_deref().unwrap_or(&page.html));
    head.is_private = !page.is_indexable;
    head.picture = page.first_picture();
    if is_post {
        let article = article(frame, page, head.picture.as_ref());
        head = head.with_data(&article).with_data(&breadcrumbs::data(frame, &steps));
        head.published = Some(page.published_at.clone());
    }
    document::page(frame, head, || {
        view! {
            {is_post.then(|| breadcrumbs::breadcrumbs(frame, &steps))}
            <article class="prose written">
                <h1>{page.title.clone()}</h1>
                {is_post.then(|| view! {
                    <p class="posts__day">
                        <time datetime=page.published.as_str().to_owned()>{words.day(&page.published)}</time>
                    </p>
                })}
                <div inner_html=pictured(frame, page)></div>
            </article>
        }
    })
}

fn article(frame: &ShopFrame, page: &WrittenPage, picture: Option<&Picture>) -> schema_org::Article {
    let described = meta::description(page.summary.as_deref().unwrap_or(&page.html));
    let mut article = schema_org::Article::new(
        page.title.clone(),
        meta::address(&frame.origin, frame.locale, &frame.path),
        &frame.name,
        page.published_at.clone(),
    );
    article.description = Some(described).filter(|text| !text.is_empty());
    article.image.extend(picture.map(|picture| format!("{}{}", frame.origin, picture.src(1080))));
    article.date_modified.clone_from(&page.changed_at);
    article
}
