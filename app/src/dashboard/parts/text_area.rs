//! A field of several lines.

use leptos::prelude::*;

/// Leptos 0.8 writes what stands between the tags unescaped, so it is escaped here.
pub fn text_area(id: String, name: &'static str, value: &str, max: u16) -> impl IntoView + use<> {
    let safe = value.replace('&', "&amp;").replace('<', "&lt;");
    view! { <textarea class="input" id=id name=name rows="2" maxlength=max.to_string() inner_html=safe></textarea> }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_text_area_cannot_leave_it() {
        let html = Owner::new().with(|| text_area("n".into(), "note", "</textarea><script>", 10).to_html());
        assert!(html.contains("&lt;/textarea>&lt;script>"), "{html}");
    }
}
