//! Pictures by address: from the public internet and nowhere else, in bounds, and told when they do not come.

use crate::{
    names::Names,
    out_and_in::out,
    world::{World, real_files, rows},
};
use duka::{
    catalog::{
        export::PictureNames,
        import::{FetchProblem, Fetcher, ImportOptions},
    },
    tenancy::ownership::Lookout,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

/// A host of pictures on this machine: `/a.png` is one, the others are what a fetcher may meet.
async fn host(asked: Arc<AtomicUsize>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut line, _)) = listener.accept().await {
            let asked = asked.clone();
            tokio::spawn(async move {
                let mut head = [0; 2048];
                let count = line.read(&mut head).await.unwrap_or(0);
                let text = String::from_utf8_lossy(&head[..count]).into_owned();
                asked.fetch_add(1, Ordering::Relaxed);
                let answer = |status: &str, more: &str, body: &[u8]| {
                    let head = format!(
                        "HTTP/1.1 {status}\r\nconnection: close\r\n{more}content-length: {}\r\n\r\n",
                        body.len()
                    );
                    [head.as_bytes(), body].concat()
                };
                let bytes = match text.split(' ').nth(1).unwrap_or_default() {
                    "/a.png" => answer("200 OK", "content-type: text/plain\r\n", &crate::pictures::png(400, 120)),
                    "/moved.png" => answer("302 Found", "location: http://169.254.169.254/\r\n", b""),
                    "/huge.png" => b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 99999999\r\n\r\n".to_vec(),
                    "/endless.png" => {
                        let _ = line.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").await;
                        let part = vec![b'x'; 64 * 1024];
                        while line.write_all(&part).await.is_ok() {}
                        return;
                    }
                    // Until the other side has had enough.
                    "/silent.png" => {
                        let _ = line.read(&mut head).await;
                        return;
                    }
                    "/program.png" => answer("200 OK", "content-type: image/png\r\n", b"\x7fELF and so on"),
                    _ => answer("404 Not Found", "", b""),
                };
                let _ = line.write_all(&bytes).await;
            });
        }
    });
    port
}

fn with(fetcher: Fetcher) -> ImportOptions {
    ImportOptions { fetcher: Some(fetcher), ..ImportOptions::default() }
}

#[tokio::test]
async fn pictures_come_in_after_their_product_and_what_does_not_come_is_told() {
    let world = World::new().await;
    let asked = Arc::new(AtomicUsize::new(0));
    let port = host(asked.clone()).await;
    let fetcher = Fetcher::new(Lookout::default()).trusting_loopback();
    let file = format!(
        "Handle,Title,Option1 Name,Option1 Value,Variant Price,Image Src,Image Alt Text,Variant Image\n\
         shuka,Shuka,Colour,Red,900,http://127.0.0.1:{port}/a.png,A red one,http://127.0.0.1:{port}/a.png\n\
         shuka,,,,,http://127.0.0.1:{port}/moved.png,,\n\
         shuka,,,,,http://127.0.0.1:{port}/huge.png,,\n\
         shuka,,,,,http://127.0.0.1:{port}/endless.png,,\n\
         shuka,,,,,http://127.0.0.1:{port}/program.png,,\n\
         shuka,,,,,http://127.0.0.1:{port}/none.png,,\n\
         shuka,,,,,file:///etc/passwd,,\n\
         mug,Mug,,,650,http://127.0.0.1:{port}/a.png,,\n"
    );
    let report = world.bring_with(file.as_bytes(), with(fetcher.clone())).await.unwrap();
    let host = format!("127.0.0.1:{port}");
    assert_eq!(
        rows(&report),
        [
            "2 created".to_owned(),
            format!(
                "3 noted the picture at {host} was not fetched: it leads to another address, which is not followed"
            ),
            format!("4 noted the picture at {host} was not fetched: it is larger than 8 MiB"),
            format!("5 noted the picture at {host} was not fetched: it is larger than 8 MiB"),
            format!("6 noted the picture at {host} is no jpeg, png or webp picture"),
            format!("7 noted the picture at {host} was not fetched: its host answered 404"),
            "8 noted the picture file:///etc/passwd was not found".to_owned(),
            "9 created".to_owned(),
        ]
    );
    let images: (Vec<String>,) = world
        .ask("select array_agg(concat_ws('|', p.slug, i.alt_text, i.width, v.name, i.source_url is not null) order by p.slug) from product_images i join products p on p.id = i.product_id left join product_variants v on v.image_id = i.id")
        .await;
    assert_eq!(images.0, ["mug|Mug|400|t", "shuka|A red one|400|Red|t"]);

    // What is there is not asked for again.
    let before = (world.everything().await, asked.load(Ordering::Relaxed));
    let again = world.bring_with(file.as_bytes(), with(fetcher)).await.unwrap();
    assert_eq!((again.updated, again.unchanged), (0, 2));
    assert_eq!((world.everything().await, asked.load(Ordering::Relaxed)), (before.0, before.1 + 5));
}

#[tokio::test]
async fn an_exports_own_pictures_are_not_fetched_from_the_shop() {
    let world = World::new().await;
    let asked = Arc::new(AtomicUsize::new(0));
    let port = host(asked.clone()).await;
    let fetcher = Fetcher::new(Lookout::default()).trusting_loopback();
    let file = format!("Handle,Title,Variant Price,Image Src\nmug,Mug,650,http://127.0.0.1:{port}/a.png\n");
    assert_eq!(world.bring_with(file.as_bytes(), with(fetcher.clone())).await.unwrap().created, 1);
    let (before, times) = (world.everything().await, asked.load(Ordering::Relaxed));
    let own = out(&world, PictureNames::Addresses(format!("http://127.0.0.1:{port}"))).await;
    let report = world.bring_with(&own, with(fetcher)).await.unwrap();
    assert!(report.rows.iter().all(|row| row.messages.is_empty()), "{report}");
    assert_eq!((report.updated, report.refused, asked.load(Ordering::Relaxed)), (0, 0, times));
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn this_machine_and_the_house_are_never_asked() {
    let asked = Arc::new(AtomicUsize::new(0));
    let port = host(asked.clone()).await;
    // On a machine without a name server no name is known, and that is an answer too.
    let fetcher = || Fetcher::new(Lookout::asking(Some(([127, 0, 0, 1], 9).into())));
    for address in [
        "http://127.0.0.1/a.png".to_owned(),
        "http://[::1]/a.png".to_owned(),
        "http://2130706433/a.png".to_owned(),
        "http://0x7f.1/a.png".to_owned(),
        "http://10.0.0.1/a.png".to_owned(),
        "http://169.254.169.254/latest/meta-data".to_owned(),
        "http://[fd00::1]/a.png".to_owned(),
        "http://[::ffff:127.0.0.1]/a.png".to_owned(),
    ] {
        assert_eq!(fetcher().fetch(&address).await.unwrap_err(), FetchProblem::NotPublic, "{address}");
    }
    let other_port = format!("http://127.0.0.1:{port}/a.png");
    assert_eq!(fetcher().fetch(&other_port).await.unwrap_err(), FetchProblem::NoAddress);
    assert_eq!(asked.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn a_name_that_leads_into_the_house_is_not_followed_even_when_it_leads_outside_too() {
    let names = Names::default();
    names.lead("inside.duka-pictures.co.ke", &[[10, 0, 0, 7]]);
    names.lead("both.duka-pictures.co.ke", &[[196, 201, 1, 1], [169, 254, 169, 254]]);
    names.lead("nowhere.duka-pictures.co.ke", &[]);
    let fetcher = Fetcher::new(Lookout::asking(Some(names.serve().await)));
    for (host, wanted) in [
        ("inside", FetchProblem::NotPublic),
        ("both", FetchProblem::NotPublic),
        ("nowhere", FetchProblem::UnknownHost),
        ("unheard-of", FetchProblem::UnknownHost),
    ] {
        let address = format!("http://{host}.duka-pictures.co.ke/a.png");
        assert_eq!(fetcher.fetch(&address).await.unwrap_err(), wanted, "{host}");
        assert_eq!(fetcher.fetch(&address).await.unwrap_err(), FetchProblem::GivenUp, "{host}");
    }
}

#[tokio::test]
async fn a_host_that_does_not_answer_is_waited_for_once_in_a_file() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let asked = Arc::new(AtomicUsize::new(0));
    let port = host(asked.clone()).await;
    let fetcher = Fetcher::new(Lookout::default()).trusting_loopback().waiting(Duration::from_millis(300));
    let (silent, good) = (format!("http://127.0.0.1:{port}/silent.png"), format!("http://127.0.0.1:{port}/a.png"));
    assert_eq!(fetcher.fetch(&silent).await.unwrap_err(), FetchProblem::TooSlow);
    assert_eq!(fetcher.fetch(&good).await.unwrap_err(), FetchProblem::GivenUp);
    assert_eq!(asked.load(Ordering::Relaxed), 1, "nobody asks it again for this file");
    assert!(fetcher.afresh().fetch(&good).await.is_ok(), "the next file may ask");
}

#[tokio::test]
async fn the_real_files_say_which_pictures_could_not_be_fetched() {
    let Some(folder) = real_files() else { return };
    let world = World::new().await;
    let bytes = std::fs::read(folder.join("shopify-jewelery.csv")).unwrap();
    let unknown = Fetcher::new(Lookout::asking(Some(([127, 0, 0, 1], 9).into())));
    let options = ImportOptions { fetcher: Some(unknown), ..crate::world::at_rate("129") };
    let report = world.bring_with(&bytes, options).await.unwrap();
    assert_eq!((report.created, report.refused), (20, 0), "{report}");
    let told = rows(&report).into_iter().filter(|row| row.contains("was not fetched: its host")).count();
    assert!(told >= 20, "{told}\n{report}");
}
