use super::*;

#[test]
fn addresses_that_a_symbol_may_carry() {
    for text in [
        "https://example.org",
        "https://example.org/",
        "https://example.org:8443/a/b.html?lang=ja",
        "https://xn--8y0a063a.example/%E9%A3%9B%E8%84%9A",
        "https://[2001:db8::1]/",
        "https://192.0.2.7/",
        "https://host_name/@scope",
        "http://localhost",
        "http://LOCALHOST:8000/page",
        "http://127.0.0.1:1/",
        "http://[::1]:8000/",
    ] {
        let page = PageAddress::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(link(&page, "r1.AA"), format!("{text}#r1.AA"));
    }
}

#[test]
fn addresses_that_it_may_not_carry() {
    let long = format!("https://example.org/{}", "a".repeat(200));
    for (text, expected) in [
        ("", LinkError::NotAnAddress),
        ("example.org", LinkError::NotAnAddress),
        ("ftp://example.org/", LinkError::NotAnAddress),
        ("javascript://example.org/", LinkError::NotAnAddress),
        ("https://", LinkError::NotAnAddress),
        ("https:///path", LinkError::NotAnAddress),
        ("https://:80/", LinkError::NotAnAddress),
        ("https://host:port/", LinkError::NotAnAddress),
        ("https://host:65536/", LinkError::NotAnAddress),
        ("https://[::zz]/", LinkError::NotAnAddress),
        ("https://[::1]x/", LinkError::NotAnAddress),
        ("https://ho%41st/", LinkError::NotAnAddress),
        ("http://example.org/", LinkError::NotSecure),
        ("http://localhost.example.org/", LinkError::NotSecure),
        ("http://127.0.0.1.example.org/", LinkError::NotSecure),
        ("http://localhost@example.org/", LinkError::HasCredentials),
        ("https://user:pass@example.org/", LinkError::HasCredentials),
        ("https://example.org/#", LinkError::HasFragment),
        ("https://example.org/#top", LinkError::HasFragment),
        (&long, LinkError::TooLong { limit: 200 }),
    ] {
        assert_eq!(PageAddress::parse(text), Err(expected), "{text}");
    }
    for character in [
        ' ', '\n', '\u{202e}', '\\', '"', '<', '病', '\u{7f}', '\u{200b}',
    ] {
        let text = format!("https://example.org/{character}");
        assert_eq!(
            PageAddress::parse(&text),
            Err(LinkError::ForeignCharacter {
                character,
                position: 21
            })
        );
    }
}
