//! Where a shop is found: its label in front of the platform's host.

/// The shop's address without a slash at the end; `base_url` is the platform's.
pub fn shop_url(base_url: &str, store_slug: &str) -> String {
    match base_url.split_once("://") {
        Some((scheme, host)) => format!("{scheme}://{store_slug}.{host}"),
        None => format!("{store_slug}.{base_url}"),
    }
}

/// The address of a shop that is found by this host, without a slash at the end.
#[cfg(feature = "ssr")]
pub fn home_url(base_url: &str, host: &crate::db::directory::ShopHost) -> String {
    use crate::db::directory::ShopHost;
    match host {
        ShopHost::Subdomain(label) => shop_url(base_url, label),
        ShopHost::Domain(name) => {
            let (scheme, platform) = base_url.split_once("://").unwrap_or(("https", base_url));
            let port = platform.split_once(':').map(|(_, port)| format!(":{port}")).unwrap_or_default();
            format!("{scheme}://{name}{port}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::shop_url;

    #[test]
    fn a_shop_lives_on_a_sub_domain_of_the_platform() {
        assert_eq!(shop_url("http://localhost:3000", "mama-njeri"), "http://mama-njeri.localhost:3000");
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn a_shop_with_a_domain_of_its_own_is_found_there() {
        use crate::db::directory::ShopHost;
        let home = |host: &ShopHost| super::home_url("http://localhost:3000", host);
        assert_eq!(home(&ShopHost::Domain("njeri.test".into())), "http://njeri.test:3000");
        assert_eq!(home(&ShopHost::Subdomain("mama-njeri".into())), "http://mama-njeri.localhost:3000");
    }
}
