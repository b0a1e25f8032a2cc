use super::super::find_numbers;
use super::*;
use crate::activation::practice_installation_id;

fn iid(number: usize) -> String {
    practice_installation_id(&format!("text {number}"))
        .digits()
        .to_owned()
}

/// The name of each PC and the numbers that it has.
fn pcs(text: &str) -> Vec<(String, Vec<usize>)> {
    let known: Vec<String> = (0..12).map(iid).collect();
    pcs_of(find_numbers(text).installation_ids)
        .into_iter()
        .map(|pc| {
            let which =
                |found: &FoundInstallation| known.iter().position(|one| one == found.iid.digits());
            (
                pc.name.map(|name| name.to_string()).unwrap_or_default(),
                pc.numbers
                    .iter()
                    .map(|found| which(found).unwrap())
                    .collect(),
            )
        })
        .collect()
}

fn alone(count: usize) -> Vec<(String, Vec<usize>)> {
    (0..count)
        .map(|number| (String::new(), vec![number]))
        .collect()
}

const HOST: &str = "Microsoft (R) Windows Script Host Version 5.812\n\
    Copyright (C) Microsoft Corporation. All rights reserved.\n\n";

fn dti(number: usize) -> String {
    format!("{HOST}Installation ID: {}\n\n", iid(number))
}

/// The output of `slmgr /dlv` for one product.
fn product(number: usize, name: &str, id: &str) -> String {
    format!(
        "Name: {name}\nDescription: Windows(R) Operating System, RETAIL channel\n\
         Activation ID: {id}\nApplication ID: 55c92734-d682-4d71-983e-d6ec3f16059f\n\
         Installation ID: {}\nPartial Product Key: 3V66T\nLicense Status: Notification\n\n",
        iid(number)
    )
}

const PRO: (&str, &str) = (
    "Windows(R), Professional edition",
    "4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c",
);
const ENTERPRISE: (&str, &str) = (
    "Windows(R), Enterprise edition",
    "4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2d",
);
const ESU: (&str, &str) = (
    "Windows(R), ClientESU-Year1 add-on for Professional edition",
    "f520e45e-7413-4a34-a497-d2765967d094",
);

fn dlv(products: &[(usize, (&str, &str))]) -> String {
    let version = format!("{HOST}Software licensing service version: 10.0.19041.5129\n\n");
    products.iter().fold(version, |text, (number, (name, id))| {
        text + &product(*number, name, id)
    })
}

#[test]
fn outputs_of_five_pcs_one_after_the_other_are_five_pcs() {
    let dtis = (0..5).map(dti).collect::<Vec<String>>().concat();
    assert_eq!(pcs(&dtis), alone(5));
    // Without any heading, as with //nologo.
    let bare = (0..5)
        .map(|number| format!("{}\n\n", iid(number)))
        .collect::<Vec<String>>()
        .concat();
    assert_eq!(pcs(&bare), alone(5));
    let labelled = (0..5)
        .map(|number| format!("インストール ID: {}\n", iid(number)))
        .collect::<Vec<String>>()
        .concat();
    assert_eq!(pcs(&labelled), alone(5));
    let dlvs = (0..5)
        .map(|number| dlv(&[(number, PRO)]))
        .collect::<Vec<String>>()
        .concat();
    assert_eq!(pcs(&dlvs), alone(5));
    // Other editions, too: no PC has two.
    let text = dlv(&[(0, PRO)]) + &dlv(&[(1, ENTERPRISE)]);
    assert_eq!(pcs(&text), alone(2));
}

#[test]
fn products_of_one_run_stay_together() {
    let one = dlv(&[(0, PRO), (1, ESU)]);
    assert_eq!(pcs(&one), [(String::new(), vec![0, 1])]);
    let two = one + &dlv(&[(2, PRO), (3, ESU)]);
    assert_eq!(
        pcs(&two),
        [(String::new(), vec![0, 1]), (String::new(), vec![2, 3])]
    );
    // Two systems in one run: nothing tells which one the third belongs to.
    let odd = dlv(&[(0, PRO), (1, ENTERPRISE), (2, ESU)]);
    assert_eq!(pcs(&odd), alone(3));
}

#[test]
fn names_in_the_text_say_whose_numbers_are() {
    for above in [
        "Computer Name: NAME\n",
        "Host Name:                 NAME\n",
        "ホスト名:                  NAME\n",
        "コンピューター名：NAME\n",
        "=== NAME ===\n",
        "# NAME\n",
        "[NAME]: PS C:\\Users\\admin> cscript slmgr.vbs /dlv\n",
        "C:\\>hostname\nNAME\n\nC:\\>cscript slmgr.vbs /dlv\n",
    ] {
        let text: String = (0..3)
            .map(|pc| {
                let heading = above.replace("NAME", &format!("WARD3-PC{pc}"));
                heading + &dlv(&[(2 * pc, PRO), (2 * pc + 1, ESU)])
            })
            .collect();
        let expected: Vec<_> = (0..3)
            .map(|pc| (format!("WARD3-PC{pc}"), vec![2 * pc, 2 * pc + 1]))
            .collect();
        assert_eq!(pcs(&text), expected, "{above}");
    }
}

#[test]
fn a_list_may_name_the_pc_in_every_entry_first_or_last() {
    let entry = |number: usize, pc: &str, first: bool| {
        let name = format!("PSComputerName : {pc}\n");
        let rest = format!(
            "Name : {}\nID : {}\nOfflineInstallationId : {}\nLicenseStatus : 5\n",
            PRO.0,
            PRO.1,
            iid(number)
        );
        if first {
            format!("{name}{rest}\n")
        } else {
            format!("{rest}{name}\n")
        }
    };
    for first in [true, false] {
        let text = entry(0, "PC-A", first) + &entry(1, "PC-B", first) + &entry(2, "PC-C", first);
        let expected = ["PC-A", "PC-B", "PC-C"]
            .iter()
            .enumerate()
            .map(|(number, pc)| ((*pc).to_owned(), vec![number]))
            .collect::<Vec<_>>();
        assert_eq!(pcs(&text), expected, "{first}");
    }
}

#[test]
fn names_that_stand_between_numbers_name_nobody() {
    // Above or below? There is one number more than names, so nobody can tell.
    let text: String = (0..3)
        .map(|number| format!("Installation ID: {}\n", iid(number)))
        .collect::<Vec<_>>()
        .join("Computer Name: PC-A\n");
    assert_eq!(pcs(&text), alone(3));
    // With the next one's name directly below, without a blank line.
    let text = (0..2)
        .map(|pc| {
            let text = dlv(&[(2 * pc, PRO), (2 * pc + 1, ESU)]).replace("\n\n", "\n");
            format!("Computer Name: PC-{pc}\n{text}")
        })
        .collect::<Vec<String>>()
        .concat();
    let expected: Vec<_> = (0..2)
        .map(|pc| (format!("PC-{pc}"), vec![2 * pc, 2 * pc + 1]))
        .collect();
    assert_eq!(pcs(&text), expected);
}

#[test]
fn one_name_for_two_machines_does_not_make_them_one() {
    let text = (0..2)
        .map(|number| format!("Computer Name: PC\n{}", dlv(&[(number, PRO)])))
        .collect::<Vec<String>>()
        .concat();
    let expected: Vec<_> = (0..2)
        .map(|number| ("PC".to_owned(), vec![number]))
        .collect();
    assert_eq!(pcs(&text), expected);
}

#[test]
fn headings_of_tools_are_no_names() {
    let text = format!(
        "---Processing--------------------------\n---------------------------------------\n\
         Installation ID for: Office 21, Office21ProPlus2021VL_MAK_AE edition: {}\n\
         ---------------------------------------\n\
         Installation ID for: Office 16, Office16VisioProVL_MAK edition: {}\n\
         ---Exiting-----------------------------\n",
        iid(0),
        iid(1)
    );
    assert_eq!(pcs(&text), [(String::new(), vec![0, 1])]);
    assert_eq!(pcs(&text.repeat(2)).len(), 1, "the same numbers twice");
}
