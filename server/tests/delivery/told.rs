//! What everybody is told of delivery before they say where they are: one area's fee, and how far the others are from it.

use crate::{
    buyer::area,
    world::{NJERI, World},
};

/// The front page and a good's, as somebody sees them who comes for the first time.
async fn pages(world: &World) -> Vec<String> {
    world
        .sql(&format!(
            "update tenants set catalogue_version = catalogue_version + 1 where id = '{}'",
            world.njeri.tenant
        ))
        .await;
    world.app.pages.versions.forget(world.njeri.tenant);
    vec![world.get(NJERI, "/").await.text(), world.get(NJERI, "/p/kikoi").await.text()]
}

#[tokio::test]
async fn a_fee_that_is_not_everybodys_is_told_as_the_least() {
    let world = World::new().await;
    for page in pages(&world).await {
        assert!(page.contains("<b>KSh 150, about") && !page.contains("areas in all"), "{page}");
    }
    area(&world, "Ngong", 150, &[]).await;
    for page in pages(&world).await {
        assert!(page.contains("2 areas in all; you choose yours at checkout"), "{page}");
    }
    area(&world, "CBD", 100, &[]).await;
    // Who comes to the shop pays nothing, which is no fee of an area.
    area(&world, "Collect at Moi Avenue", 0, &[("is_collection", "true")]).await;
    for page in pages(&world).await {
        assert!(page.contains("<b>KSh 150, about"), "{page}");
        assert!(page.contains("4 areas in all, from KSh 100; you choose yours at checkout"), "{page}");
    }
    let good = world.get(NJERI, "/p/kikoi").await.text();
    for told in ["<li>Westlands: KSh 150, about", "<li>Ngong: KSh 150, about", "<li>CBD: KSh 100, about"] {
        assert!(good.contains(told), "{told}: {good}");
    }
    assert!(!good.contains("<li>Collect at"), "{good}");
    world
        .sql(
            "update delivery_zones set band_by = 'weight', bands = '[[2000, 35000]]' where city_area = 'Westlands';
             update delivery_zones set band_by = 'value', bands = '[[300000, 0]]' where city_area = 'Ngong'",
        )
        .await;
    for page in pages(&world).await {
        assert!(page.contains("<b>From KSh 150, about"), "{page}");
        assert!(page.contains("4 areas in all, some of them free; you choose yours at checkout"), "{page}");
    }
    assert!(world.get(NJERI, "/sw").await.text().contains("Kuanzia KSh 150"));
    let good = world.get(NJERI, "/p/kikoi").await.text();
    assert!(good.contains("<li>Ngong: From KSh 0, about") && !good.contains("From Free"), "{good}");
    let good = world.get(NJERI, "/sw/p/kikoi").await.text();
    assert!(good.contains("<li>Westlands: Kuanzia KSh 150, ") && good.contains("<li>CBD: KSh 100, "), "{good}");
}
