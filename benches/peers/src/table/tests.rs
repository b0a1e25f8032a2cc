use super::*;

fn item(row: &str, truth: &str) -> TestItem {
    TestItem {
        set: "A set".to_owned(),
        row: row.to_owned(),
        defects: Vec::new(),
        frames: vec!["0.png".to_owned()],
        truth: Some(truth.to_owned()),
        also: Vec::new(),
    }
}

fn answer(item: usize, text: &str, ms: f64) -> ItemReads {
    ItemReads {
        item,
        texts: vec![text.to_owned()],
        ms,
        failed: (ms > 5.0).then(|| "overran".to_owned()),
    }
}

/// What is printed is what is published: every number in its place, and who was
/// not there is named.
#[test]
fn tables_count_by_row_and_name_who_is_missing() {
    let manifest = Manifest {
        items: vec![item("easy", "a"), item("easy", "b"), item("hard", "c")],
    };
    let results = [
        ContenderResult {
            name: "one",
            outcome: ContenderOutcome::Read {
                version: "2.1".to_owned(),
                answers: vec![
                    answer(0, "a", 1.0),
                    answer(1, "x", 3.0),
                    answer(2, "c", 9.0),
                ],
            },
        },
        ContenderResult {
            name: "two",
            outcome: ContenderOutcome::Unavailable("gone".to_owned()),
        },
    ];
    let expected = "
### A set

|  | of | one | two |
| --- | ---: | ---: | ---: |
| easy | 2 | 1 (1 false) | - |
| hard | 1 | 1 | - |

| reader | correct | false reads | failed | ms median of hits | median | p95 | worst |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| one | 2 of 3 | 1 | 1 | 1.0 | 3.0 | 9.0 | 9.0 |
| two | not available: gone | | | | | | |
";
    assert_eq!(tables(&manifest, &results), expected);
    assert_eq!(
        versions(&results),
        "- one: 2.1\n- two: not available: gone\n"
    );
}

#[test]
fn quantiles_are_values_that_were_measured() {
    let ms: Vec<f64> = (1..=20).map(f64::from).collect();
    assert_eq!(
        [0.5, 0.95, 1.0].map(|q| quantile(&ms, q)),
        [10.0, 19.0, 20.0]
    );
    assert_eq!(quantile(&[], 0.5), 0.0);
}
