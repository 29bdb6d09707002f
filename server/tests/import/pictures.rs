//! Pictures beside the file are stored in widths and served; addresses elsewhere are noted and never fetched.

use crate::world::{World, rows};
use image::{DynamicImage, ImageFormat, RgbImage};

pub fn png(width: u32, shade: u8) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::from_pixel(width, 500, image::Rgb([shade, 90, 40])))
        .write_to(&mut file, ImageFormat::Png)
        .unwrap();
    file.into_inner()
}

#[tokio::test]
async fn pictures_of_the_folder_come_in_and_others_are_noted() {
    let world = World::new().await;
    std::fs::create_dir_all(world.folder.join("pictures")).unwrap();
    std::fs::write(world.folder.join("pictures/red.png"), png(800, 200)).unwrap();
    std::fs::write(world.folder.join("pictures/blue.png"), png(300, 20)).unwrap();
    std::fs::write(world.folder.join("pictures/fake.png"), b"<svg/>").unwrap();
    let file = "Handle,Title,Option1 Name,Option1 Value,Variant Price,Image Src,Image Position,Image Alt Text,Variant Image\n\
                shuka,Shuka,Colour,Red,900,pictures/red.png,2,A red shuka,pictures/red.png\n\
                shuka,,,Blue,900,pictures/blue.png,1,,pictures/blue.png\n\
                shuka,,,,,https://cdn.example/a.jpg?x=1,3,,\n\
                shuka,,,,,../secret.png,4,,\n\
                shuka,,,,,pictures/none.png,5,,\n\
                shuka,,,,,pictures/fake.png,6,,\n";
    let report = world.bring(file).await;
    assert_eq!(
        rows(&report),
        [
            "2 created",
            "3 created",
            "4 noted the picture at cdn.example was not fetched",
            "5 noted the picture ../secret.png is not a file in the folder of the products",
            "6 noted the picture pictures/none.png was not found",
            "7 noted the picture pictures/fake.png is no jpeg, png or webp picture",
        ]
    );
    let images: (Vec<String>,) = world
        .ask("select array_agg(concat_ws('|', i.position, i.alt_text, i.width, i.height, array_to_string(i.widths, ','), v.name) order by i.position) from product_images i left join product_variants v on v.id = i.variant_id")
        .await;
    assert_eq!(images.0, ["0|Shuka|300|500|300|Blue", "1|A red shuka|800|500|360,540,720|Red"]);
    let (url, key, placeholder): (String, String, String) =
        world.ask("select url, media_key, placeholder from product_images where position = 1").await;
    assert_eq!(url, format!("/{key}"));
    assert!(key.starts_with(&format!("media/{}/", world.shop.tenant)));
    assert!(placeholder.len() <= 300, "{}", placeholder.len());
    let served = world.media.get(&format!("{key}-360.webp")).await.unwrap().unwrap();
    assert_eq!(served.content_type, "image/webp");
    assert_eq!(&served.bytes[8..12], b"WEBP");
    assert!(served.bytes.len() <= 18_000);
    assert!(world.media.get(&format!("{key}-1080.webp")).await.unwrap().is_none());

    let before = world.everything().await;
    assert_eq!(world.bring(file).await.unchanged, 1);
    assert_eq!(world.everything().await, before);
    let described = file.replace("A red shuka", "A red shuka on a beach");
    assert_eq!(world.bring(&described).await.updated, 1, "what a picture shows is a cell like any other");
    let images: (Vec<String>,) = world.ask("select array_agg(alt_text order by position) from product_images").await;
    assert_eq!(images.0, ["Shuka", "A red shuka on a beach"]);
    let unsaid = file.replace("A red shuka", "");
    assert_eq!(world.bring(&unsaid).await.unchanged, 1, "an empty cell says nothing");
}

#[tokio::test]
async fn a_product_has_twenty_pictures_however_many_files_bring_more() {
    let world = World::new().await;
    std::fs::create_dir_all(world.folder.join("pictures")).unwrap();
    std::fs::write(world.folder.join("pictures/red.png"), png(200, 200)).unwrap();
    std::fs::write(world.folder.join("pictures/blue.png"), png(200, 20)).unwrap();
    let hung = format!(
        "with hung as (
             insert into product_images (tenant_id, product_id, url, position)
             select '{}', '{}', '/media/old/' || n, n from generate_series(0, 18) n returning 1
         )
         select count(*) from hung",
        world.shop.tenant, world.shop.product
    );
    assert_eq!(world.ask::<(i64,)>(&hung).await.0, 19);
    let report = world
        .bring(
            "Handle,Title,Option1 Name,Option1 Value,Variant Price,Image Src\n\
             kikoi,Kikoi,Colour,Blue,1000,pictures/red.png\n\
             kikoi,,,Red,1500,pictures/blue.png\n",
        )
        .await;
    assert_eq!(rows(&report), ["2 updated", "3 updated the picture was left out: a product has at most 20"]);
    assert_eq!(world.counts().await.pictures, 20);
}
