//! How people in Nairobi write where they live, and what none of it may be taken for.

use super::{atlas, look_up, look_up_near};

/// A place, and spellings with slips, nicknames, landmarks and whole sentences, each of which means it alone.
const MEANT: &str = "\
CBD, Nairobi: CBD; cbd nairobi; Town; tao; Nairobi CBD; Kencom; near Afya Centre; Tom Mboya street; jiji; Odeon, nairobi; moi avenue; Kenyatta Avenue opposite Nation Centre
Muthurwa, Nairobi: muthurwa; Muthurwa market; Marikiti
Ngara, Nairobi: ngara; Ngara estate; fig tree ngara
Pangani, Nairobi: pangani; Panganni; near pangani girls
Kariokor, Nairobi: Kariakor; kariokor market; Kariakoo
Gikomba, Nairobi: gikosh; Gikomba market; Gikomba
Landimawe, Nairobi: Landi Mawe; landmawe
Shauri Moyo, Nairobi: shaurimoyo; Shauri moyo
Upper Hill, Nairobi: Upperhill; upper hill; Uper Hill; KNH; Kenyatta Hospital; nairobi hospital; Apper hill
Westlands, Nairobi: westlands; Westi; WESTLANDS, NAIROBI; westland; Westlandss; wetslands; Sarit; behind Sarit Centre; westy; westie; Mpaka Rd
Parklands, Nairobi: parklands; Parkland; Aga Khan hospital; Diamond plaza; parklnads
Highridge, Nairobi: High Ridge; highridge
Kileleshwa, Nairobi: kile; Kileleshwa; Kileleswa; kilelshwa; Kileleshua; Kileleshwa estate
Riverside, Nairobi: riverside drive; Riverside; 14 Riverside
Spring Valley, Nairobi: springvalley; Spring vally
Loresho, Nairobi: loresho; Loreshho
Mountain View, Nairobi: mt view; Mountainview; mountain view estate
Kangemi, Nairobi: kangemi; Kangemmi; kange; kangemi flyover
Uthiru, Nairobi: uthiru; Uthiru 87; uthiruu
Kinoo, Nairobi: kinoo; Kino
Kilimani, Nairobi: kili; Kilimani; kilmani; KILIMANI; Kilimanni; yaya; near Yaya Centre; Kilimani, Argwings Kodhek; Prestige plaza; klimani; Kilimani Nairobi Kenya
Hurlingham, Nairobi: hurlingham; Harlingham; hurligham; Hurlinghum
Lavington, Nairobi: lavi; Lavington; Lavingtone; Lavinton; lavington mall; Lavy
Valley Arcade, Nairobi: valley arcade; Valey Arcade
Gigiri, Nairobi: gigiri; Village Market; Gigirri; UN Avenue
Runda, Nairobi: runda; Runda estate; Two Rivers mall
Kitisuru, Nairobi: kitisuru; Kitsuru; kitusuru
Muthaiga, Nairobi: muthaiga; Muthaigga; muthaiga golf club
Ridgeways, Nairobi: ridgeways; Ridge ways; ridgeway
Kawangware, Nairobi: kawangware; Kawangwa; kawangware 46; Kawangwere; kawa; Ng'ware
Satellite, Nairobi: satellite; Riruta satellite
Dagoretti Corner, Nairobi: Dagoreti corner; dago corner; Junction Mall; dagoretti corner
Dagoretti, Nairobi: Dagoretti; Dagoreti; dagoretti market; dago
Racecourse, Nairobi: race course; racecourse
Jamhuri, Nairobi: jamhuri; Jamhuri estate; jamuhuri
Woodley, Nairobi: woodley; Adams Arcade; Toi market; adams
Ngumo, Nairobi: ngumo; Kenyatta market; Ngumo estate
Kibra, Nairobi: kibera; Kibra; kibich; Laini Saba; Makina
Langata, Nairobi: lang'ata; Langata; LANG’ATA; langta; Langata estate; opposite Uhuru Gardens; Carnivore; Galleria; wilson airport
Karen, Nairobi: karen; Karen, Nairobi; The Hub Karen; Karen along Ngong road; karen hospital
Nairobi West, Nairobi: Nairobi West; nai west; T-Mall; nairobi west hospital
Madaraka, Nairobi: madaraka; Strathmore university; Madaraka estate; Nyayo stadium
South B, Nairobi: South B; southb; south bee; Mater Hospital; South B estate
South C, Nairobi: south c; SouthC; Mugoya; south C, KEBS
Imara Daima, Nairobi: imara; Imara Daima; Imara diama; imara daima estate
Industrial Area, Nairobi: Industrial Area Nairobi; Enterprise Road; industrial area, nairobi; Lunga lunga
Mukuru, Nairobi: mukuru kwa njenga; Kwa Reuben; mukuru
Eastlands, Nairobi: eastlands; Eastlando
Jericho, Nairobi: jericho; Jeri
Buruburu, Nairobi: Buru Buru; buruburu; buru; Buru-Buru; Buruburu phase 5; buruburu phase II; burus; Mutindwa; Buruburru
Umoja I, Nairobi: umoja 1; Umoja one; Umoja I; umo 1
Umoja II, Nairobi: umoja 2; Umoja two; UMOJA II; umo 2
Umoja Innercore, Nairobi: innercore; Umoja Innercore; Inner core
Donholm, Nairobi: donholm; Donhom; dona; Dunholm; Donholm phase 5; Greenspan mall; donholme; Donholmm
Savanna, Nairobi: savannah; Savanna; Savannah estate
Komarock, Nairobi: komarock; Komarok; koma rock; Komarocks; Komorock
Kayole, Nairobi: kayole; Kayolle; kayole junction; Masimba; Spine Rd
Embakasi, Nairobi: embakasi; Embakassi; JKIA; Embaksai; taj mall; Embakasi village
Fedha, Nairobi: fedha; fedha estate
Tassia, Nairobi: tassia; Tasia; Tassia estate
Pipeline, Nairobi: pipeline; Pipe line; pipeline estate; Transami
Nyayo Estate, Nairobi: nyayo estate; Nyayo Embakasi; nyayo est
Utawala, Nairobi: utawala; Utawalla; Benedicta; utawala shooters; Utwala
Ruai, Nairobi: ruai; Ruwai
Eastleigh, Nairobi: eastleigh; Isich; Eastlegh; Eastliegh; isili; eastleigh section 3; Garissa Lodge; Eastlee; BBS Mall; Dubai Plaza, Eastleigh
Mathare, Nairobi: mathare; Mathare north; Mathari
Huruma, Nairobi: huruma; Huruma estate; Hurumma
Kariobangi North, Nairobi: kariobangi north; Kariobangi North estate; kario north
Kariobangi South, Nairobi: kariobangi south; Kario south
Dandora, Nairobi: dandora; Dandora phase 4; Dandorra; dando
Korogocho, Nairobi: koch; Korogocho; korogosho
Baba Dogo, Nairobi: babadogo; Baba Dogo
Lucky Summer, Nairobi: lucky summer; Luckysummer
Allsops, Nairobi: allsops; Allsoaps; alsops
Ruaraka, Nairobi: ruaraka; Rwaraka; EABL
Garden Estate, Nairobi: garden estate; Garden City mall; safari park hotel
Roysambu, Nairobi: roysambu; Roysa; TRM; Thika Road Mall; Roisambu; roysambuu; near TRM, Thika Road
Zimmerman, Nairobi: zimmerman; Zimma; Zimmer; Zimerman; Zimmermann; Zimaman; zimmerman base
Kasarani, Nairobi: kasarani; Kasa; Kassarani; Kasarani stadium; Kasarni; Clay City; Kasarani, Thika Road
Mwiki, Nairobi: mwiki; Mwiki Kasarani; Mwikki
Githurai 44, Nairobi: githurai 44; Git 44; Githurai forty four
Githurai 45, Nairobi: githurai 45; git 45
Kahawa West, Nairobi: kahawa west; Kahawa Westi; kahawa west, thika rd
Kahawa Sukari, Nairobi: kahawa sukari; Kahawa Sugar; sukari; Kahawa Sukkari
Kahawa Wendani, Nairobi: wendani; Kahawa Wendani; kahawa wendan
Ruaka, Kiambu: ruaka; Rwaka; Joyland; Ruaka town
Kikuyu, Kiambu: kikuyu; Thogoto; Kikuyu town
Kiambu Town, Kiambu: kiambu; Kiambu town; Kirigiti
Ruiru, Kiambu: ruiru; Ruiru bypass; Kamakis; Membley; ruiruu
Juja, Kiambu: juja; JKUAT; Juja town; Gachororo
Thika, Kiambu: thika; Thika town; Ngoingwa; tika
Makongeni, Thika: makongeni, thika; Makongeni Thika
Makongeni, Nairobi: Makongeni Nairobi
Ongata Rongai, Kajiado: ongata rongai; Ronga; Ongata; Nkoroi; rongai, kajiado; Ongata Rongaii; Maasai lodge
Ngong, Kajiado: ngong; Ngong town; ngong hills
Kiserian, Kajiado: kiserian; Kisserian; Kiseriann
Kitengela, Kajiado: kitengela; Kite; Kitengella; Kitenge; kitengera; Kitangela
Athi River, Machakos: athi river; Athi; Mavoko; EPZ; Athiriver
Mlolongo, Machakos: mlolongo; Mlolo; mlolongoo; Mlolongo, Mombasa Road
Syokimau, Machakos: syokimau; Syoki; Siokimau; Syokimao; gateway mall; Katani
Mombasa Road, Nairobi: mombasa road; Msa Rd; Cabanas
Nyali, Mombasa: nyali; Nyali, Mombasa; City Mall
Mombasa: mombasa; Msa; Mombassa; mombasa town
Milimani, Kisumu: milimani, kisumu; Milimani Kisumu
Milimani, Nakuru: Milimani, Nakuru
Rongai, Nakuru: rongai, nakuru; Rongai Nakuru
Kisumu: kisumu; Kisumo; kisumu city
Nakuru: nakuru; Naks; nakuru town
Eldoret, Uasin Gishu: eldoret; Eldy; Eldorett; Uganda Road, Eldoret; Uganda Rd Eldoret
Nyeri: nyeri; Nyeri town
Taita-Taveta County: Taita Taveta; taita
Murang'a: muranga; Murang'a
Lodwar, Turkana: lodwar; Lodwar town; Lodwarr";

/// Nobody may be sent anywhere for these.
const NOT_MEANT: [&str; 46] = [
    "",
    "   ",
    "?",
    "a",
    "xx",
    "asdfgh",
    "12345",
    "0712345678",
    "Atlantis",
    "Narnia",
    "Kampala",
    "Kampala, Uganda",
    "Arusha",
    "Moshi",
    "Majengo, Moshi, Tanzania",
    "Kigali",
    "Dar es Salaam",
    "Dar es Salaam Road",
    "Uganda Road",
    "Uganda Road, Kampala",
    "London",
    "Dubai",
    "Juba",
    "my house",
    "nyumbani",
    "hapa",
    "home",
    "office",
    "kwetu",
    "same as last time",
    "call me",
    "nitakupigia",
    "near the church",
    "karibu na shule",
    "the green gate",
    "Lagos",
    "Cairo",
    "Kitu",
    "Kali",
    "Kia",
    "Karibu",
    "estate",
    "Kenya road",
    "phase 5",
    "section",
    "gate",
];

/// Only the person knows which of these is meant.
const ASKED: [(&str, &[&str]); 7] = [
    ("Rongai", &["Ongata Rongai, Kajiado", "Rongai, Nakuru"]),
    ("kaloleni", &["Kaloleni, Nairobi", "Kaloleni, Kilifi", "Kaloleni, Kisumu"]),
    ("Makongeni", &["Makongeni, Nairobi", "Makongeni, Thika"]),
    ("Milimani", &["Milimani, Nairobi", "Milimani, Nakuru", "Milimani, Kakamega", "Milimani, Kisumu"]),
    ("Kasarani or Roysambu", &["Roysambu, Nairobi", "Kasarani, Nairobi"]),
    ("Kilimani, Mombasa", &["Kilimani, Nairobi", "Mombasa"]),
    (
        "Dar es Salaam Road, Industrial Area",
        &["Industrial Area, Nairobi", "Industrial Area, Mombasa", "Industrial Area, Nakuru", "Industrial Area, Kisumu"],
    ),
];

fn titles(said: &str) -> Vec<String> {
    let mut found = look_up(said);
    if found.is_empty() {
        found = look_up_near(said);
    }
    found.into_iter().map(|place| atlas().title(place)).collect()
}

#[test]
fn hundreds_of_spellings_of_nairobi_mean_the_right_place() {
    let (mut wrong, mut in_nairobi, mut all) = (Vec::new(), 0, 0);
    for line in MEANT.lines() {
        let (title, spellings) = line.split_once(": ").expect("a title and its spellings");
        for said in spellings.split("; ") {
            all += 1;
            in_nairobi += usize::from(title.ends_with("Nairobi"));
            let found = titles(said);
            if found != [title] {
                wrong.push(format!("{said:?} is {title}, and was taken for {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {all}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(in_nairobi >= 200, "{in_nairobi} spellings of Nairobi");
}

#[test]
fn words_that_are_no_place_of_kenya_mean_none() {
    for said in NOT_MEANT {
        assert_eq!(titles(said), Vec::<String>::new(), "{said:?}");
    }
}

#[test]
fn a_name_that_two_places_have_is_asked_about() {
    for (said, wanted) in ASKED {
        assert_eq!(titles(said), wanted, "{said:?}");
    }
}

#[test]
fn every_name_and_nickname_in_the_outlines_means_its_place() {
    for (spelling, senses) in atlas().spellings() {
        let wanted: Vec<String> = senses.iter().map(|sense| atlas().title(sense.place)).collect();
        assert_eq!(titles(spelling), wanted, "{spelling}");
    }
}
