//! `fmt`: the one layout, on files and through pipes.
#![allow(clippy::unwrap_used)] // tests

use crate::support::{Folder, repository};

const MESSY: &str = "// 说明\n方案   甲县巨灾保险{\n投保人   县应急管理局   // 附注\n     年度 保单年度\n}";

#[test]
fn files_are_laid_out_once_and_stay_so() {
    let here = Folder::new(&[("a/甲.anlan", MESSY)]);
    here.anlan(&["fmt", "--check", "a"])
        .ends(1)
        .says(&["版式不同：a/甲.anlan"]);
    assert_eq!(here.read("a/甲.anlan"), MESSY);
    here.anlan(&["fmt", "a"]).ends(0).says(&["已排版：a/甲.anlan"]);
    let laid_out = here.read("a/甲.anlan");
    assert!(
        laid_out.contains("// 说明\n") && laid_out.contains("// 附注"),
        "{laid_out}"
    );
    assert!(
        laid_out.contains("方案 甲县巨灾保险 {\n  投保人  县应急管理局"),
        "{laid_out}"
    );
    for arguments in [&["fmt", "a"][..], &["fmt", "--check", "a"]] {
        let again = here.anlan(arguments).ends(0);
        assert_eq!(again.out, "");
    }
    assert_eq!(here.read("a/甲.anlan"), laid_out);
    let left = std::fs::read_dir(here.path("a")).unwrap().count();
    assert_eq!(left, 1, "a temporary file was left");
}

#[test]
fn standard_input_goes_to_standard_output() {
    let here = Folder::new(&[]);
    let once = here.anlan_with(&["fmt", "-"], &[], Some(MESSY)).ends(0);
    let twice = here.anlan_with(&["fmt", "-"], &[], Some(&once.out)).ends(0);
    assert_eq!(once.out, twice.out);
    let english = here
        .anlan_with(&["fmt", "--keywords", "en", "-"], &[], Some(MESSY))
        .ends(0);
    assert!(
        english
            .out
            .contains("scheme 甲县巨灾保险 {\n  policyholder  县应急管理局"),
        "{english:?}"
    );
    let back = here
        .anlan_with(&["fmt", "--keywords", "zh", "-"], &[], Some(&english.out))
        .ends(0);
    assert_eq!(back.out, once.out);
    let checked = here.anlan_with(&["fmt", "--check", "-"], &[], Some(MESSY)).ends(1);
    assert_eq!(checked.out, "");
    here.anlan_with(&["fmt", "-", "a"], &[], Some(""))
        .ends(2)
        .complains(&["X034"]);
    here.anlan_with(&["fmt", "-"], &[], Some("方案 {\n"))
        .ends(1)
        .complains(&["错误[S", "标准输入:"]);
}

#[test]
fn a_file_that_cannot_be_read_is_left_alone() {
    let broken = "方案 甲县巨灾保险 {\n   投保人 \n}\n";
    let here = Folder::new(&[("a/broken.anlan", broken), ("a/good.anlan", MESSY)]);
    here.anlan(&["fmt", "a"]).ends(1).says(&[
        "错误[S",
        "a/broken.anlan:",
        "未改动：a/broken.anlan",
        "已排版：a/good.anlan",
    ]);
    assert_eq!(here.read("a/broken.anlan"), broken);
}

#[cfg(unix)]
#[test]
fn permissions_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let here = Folder::new(&[("a.anlan", MESSY)]);
    let path = here.path("a.anlan");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    here.anlan(&["fmt", "a.anlan"]).ends(0);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn what_we_ship_is_laid_out() {
    let here = Folder::new(&[]);
    for name in ["policies", "stdlib"] {
        here.anlan(&["fmt", "--check", repository().join(name).to_str().unwrap()])
            .ends(0);
    }
    for (lang, name) in [("zh", "甲县巨灾保险"), ("en", "testshire")] {
        here.anlan(&["new", name, "--lang", lang]).ends(0);
        here.anlan(&["fmt", "--check", name]).ends(0);
    }
}
