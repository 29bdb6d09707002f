//! The mail server: what it takes is what people and tests read, what is no SMTP is refused.

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use crate::shop::Shop;

/// A client that says exactly what it is told.
struct Client(BufReader<TcpStream>);

impl Client {
    async fn connect(shop: &Shop) -> Self {
        let mut client = Self(BufReader::new(TcpStream::connect(shop.sandbox.smtp_addr).await.unwrap()));
        assert!(client.read().await.starts_with("220 "));
        client
    }

    /// The whole answer, all its lines.
    async fn read(&mut self) -> String {
        let mut answer = String::new();
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).await.unwrap() == 0 {
                return answer;
            }
            let is_last = line.as_bytes().get(3) != Some(&b'-');
            answer.push_str(&line);
            if is_last {
                return answer;
            }
        }
    }

    async fn say(&mut self, line: &str) -> String {
        self.0.get_mut().write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
        self.read().await
    }

    /// Says the lines one by one and expects these codes.
    async fn talk(&mut self, lines: &[(&str, &str)]) {
        for (line, code) in lines {
            let answer = self.say(line).await;
            assert!(answer.starts_with(code), "{line}: {answer}");
        }
    }
}

const LETTER: &str = "From: Duka <no-reply@localhost>\r\n\
To: njeri@duka.test\r\n\
Subject: =?utf-8?Q?Karibu_=E2=80=93_chagua_nenosiri?=\r\n\
Message-ID: <1@localhost>\r\n\
Auto-Submitted: auto-generated\r\n\
MIME-Version: 1.0\r\n\
Content-Type: multipart/alternative; boundary=\"b\"\r\n\
\r\n\
--b\r\n\
Content-Type: text/plain; charset=utf-8\r\n\
Content-Transfer-Encoding: quoted-printable\r\n\
\r\n\
Habari =E2=80=93 bonyeza:\r\n\
http://localhost:3000/reset/0123456789=\r\n\
abcdef\r\n\
..dot\r\n\
--b\r\n\
Content-Type: text/html; charset=utf-8\r\n\
Content-Transfer-Encoding: base64\r\n\
\r\n\
PGh0bWw+PGhlYWQ+PC9oZWFkPjxib2R5PjxiPkhhYmFyaTwvYj48L2JvZHk+PC9odG1sPg==\r\n\
--b--\r\n\
.";

#[tokio::test]
async fn a_mail_is_read_in_words_by_tests_and_by_people() {
    let shop = Shop::open().await;
    let mut client = Client::connect(&shop).await;
    let hello = client.say("EHLO duka").await;
    assert!(hello.contains("SIZE 1048576"), "{hello}");
    client
        .talk(&[
            ("MAIL FROM:<no-reply@localhost> SIZE=900", "250"),
            ("RCPT TO:<njeri@duka.test>", "250"),
            ("DATA", "354"),
            (LETTER, "250"),
            ("QUIT", "221"),
        ])
        .await;
    let mails = shop.requests("mail").await;
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!((&mail["method"], &mail["path"]), (&json!("SMTP"), &json!("njeri@duka.test")));
    assert!(mail["at"].is_string());
    assert_eq!(mail["headers"]["subject"], "Karibu – chagua nenosiri");
    assert_eq!(mail["headers"]["auto-submitted"], "auto-generated");
    assert_eq!(mail["headers"]["message-id"], "<1@localhost>");
    let body = mail["body"].as_str().unwrap().replace("\r\n", "\n");
    assert_eq!(body.trim_end(), "Habari – bonyeza:\nhttp://localhost:3000/reset/0123456789abcdef\n.dot");
    assert_eq!(mail["html"], "<html><head></head><body><b>Habari</b></body></html>");

    let page = |path: &'static str| {
        let request = shop.http.get(shop.url(path));
        async move { request.send().await.unwrap().text().await.unwrap() }
    };
    let phones = page("/").await;
    assert!(phones.contains("njeri@duka.test") && phones.contains("/mails/0"), "{phones}");
    let opened = page("/mails/0").await;
    assert!(opened.contains("<a href=\"http://localhost:3000/reset/0123456789abcdef\">"), "{opened}");
    assert!(page("/mails/0/page").await.contains("<base target=\"_top\">"));
    assert_eq!(shop.http.get(shop.url("/mails/1")).send().await.unwrap().status(), 404);

    assert_eq!(shop.http.post(shop.url("/control/reset")).send().await.unwrap().status(), 204);
    assert_eq!(shop.requests("mail").await, Vec::<Value>::new());
}

#[tokio::test]
async fn one_mail_after_another_and_one_for_each_recipient() {
    let shop = Shop::open().await;
    let mut client = Client::connect(&shop).await;
    client
        .talk(&[
            ("HELO duka", "250"),
            ("MAIL FROM:<>", "250"),
            ("RCPT TO:<a@duka.test>", "250"),
            ("RSET", "250"),
            ("DATA", "503"),
            ("MAIL FROM:<x@duka.test>", "250"),
            ("RCPT TO:<b@duka.test>", "250"),
            ("RCPT TO:<c@duka.test>", "250"),
            ("DATA", "354"),
            ("Subject: one\r\n\r\nHello\r\n.", "250"),
            ("NOOP", "250"),
            ("MAIL FROM:<x@duka.test>", "250"),
            ("RCPT TO:<d@duka.test>", "250"),
            ("DATA", "354"),
            ("no header at all\r\n.", "250"),
        ])
        .await;
    let mails = shop.requests("mail").await;
    let to: Vec<&str> = mails.iter().map(|mail| mail["path"].as_str().unwrap()).collect();
    assert_eq!(to, ["b@duka.test", "c@duka.test", "d@duka.test"]);
}

#[tokio::test]
async fn what_is_out_of_order_too_long_or_too_large_is_refused_and_the_line_goes_on() {
    let shop = Shop::open().await;
    let mut client = Client::connect(&shop).await;
    let (long, large) = ("x".repeat(5_000), format!("{}\r\n.", "x".repeat(1024 * 1024 + 10)));
    client
        .talk(&[
            ("MAIL FROM:<x@duka.test>", "503"),
            ("EHLO duka", "250"),
            ("RCPT TO:<b@duka.test>", "503"),
            ("MAIL FROM: nobody", "501"),
            ("STARTTLS", "502"),
            (&long, "500"),
            ("MAIL FROM:<x@duka.test> SIZE=2000000", "552"),
            ("MAIL FROM:<x@duka.test>", "250"),
            ("RCPT TO:<b@duka.test>", "250"),
            ("DATA", "354"),
            (&large, "552"),
            ("NOOP", "250"),
        ])
        .await;
    assert_eq!(shop.requests("mail").await, Vec::<Value>::new());
    let mut answer = String::new();
    for _ in 0..30 {
        answer = client.say("WHAT").await;
        if answer.starts_with("421") || answer.is_empty() {
            break;
        }
    }
    assert!(answer.starts_with("502") || answer.contains("421"), "{answer}");
    let mut rest = Vec::new();
    // Cut: the rest of the line may be a goodbye and nothing more.
    let _ = client.0.read_to_end(&mut rest).await;
}

#[tokio::test]
async fn faults_refuse_a_recipient_for_now_and_for_good() {
    let shop = Shop::open().await;
    for (kind, code) in [("refuse", "451"), ("500", "550")] {
        let fault = json!({ "provider": "mail", "kind": kind, "count": 1 });
        assert_eq!(shop.control("fault", fault).await.status(), 204);
        let mut client = Client::connect(&shop).await;
        client
            .talk(&[
                ("EHLO duka", "250"),
                ("MAIL FROM:<x@duka.test>", "250"),
                ("RCPT TO:<b@duka.test>", code),
                ("RCPT TO:<b@duka.test>", "250"),
            ])
            .await;
    }
    assert_eq!(shop.requests("mail").await, Vec::<Value>::new());
}
