//! Numbers as people and scanners write them.
#![no_main]

use hikyaku::activation::Answer;
use hikyaku::wire::{Number, Trust, parse_answer, parse_number, parse_reply, reply_to_digits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let strict = parse_answer(text, Trust::CheckDigits);
    let insisted = parse_answer(text, Trust::Override);
    if let Ok(answer) = &strict {
        assert_eq!(insisted.as_ref(), Ok(answer));
    }
    match parse_number(text) {
        Ok(Number::Reply(reply)) => {
            assert_eq!(strict, Ok(Answer::Tagged(reply.clone())));
            assert_eq!(parse_reply(&reply_to_digits(&reply)), Ok(reply));
        }
        Ok(Number::ConfirmationId(cid)) => {
            let Ok(Answer::Bare(bare)) = strict else {
                panic!("{text}");
            };
            assert_eq!(bare.digits(), &cid.into());
        }
        Ok(Number::TypedReply(typed)) => assert_eq!(strict, Ok(Answer::Typed(typed))),
        Ok(Number::InstallationId(_)) => assert!(insisted.is_err()),
        Err(_) => assert!(strict.is_err()),
    }
});
