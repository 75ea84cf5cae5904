from datetime import date

from homeward.exchange.choices import ReadingChoices, layout_key
from homeward.exchange.tests.sheets import csv_bytes, fields, kinds, read, xlsx
from homeward.exchange.values.dates import DayOrder

HEADER = ["File No.", "First name", "Family name", "Date of birth", "Amount"]
AMINA = ["A-1", "Amina", "Demo", "1990-05-01", "EUR 10"]
BILAL = ["A-2", "Bilal", "Sample", "1988", "EUR 20"]


def names(found):
    return [row.given_names for row in found.rows]


def test_title_lines_blank_rows_and_totals_are_no_people():
    rows = [
        ["Returns in March"],
        [],
        ["Partner: Harbour Advice", None, "Country: Marenia"],
        [],
        ["confidential"],
        HEADER,
        AMINA,
        [],
        ["Subtotal", None, None, None, 10],
        BILAL,
        [" ", " "],
        ["Total:", 2, None, None, 30],
        [None, None, None, None, 30],
        [],
        ["Prepared by the desk"],
    ]
    found = read(xlsx(("March", rows)))
    assert found.header_row == 6
    assert [(row.index, row.sheet_row) for row in found.rows] == [(0, 7), (1, 10)]
    assert [row.reason for row in found.skipped] == [
        "blank",
        "total",
        "blank",
        "total",
        "total",
        "blank",
        "aside",
    ]


def test_totals_are_known_in_several_languages():
    totals = [
        ["TOTAL", "1"],
        ["Gesamt", "1"],
        ["Somme", "1"],
        ["المجموع", "1"],
        ["Sous-total", "1"],
        ["Grand total (n=2)", ""],
        ["Sum", "2"],
    ]
    found = read(xlsx(("List", [HEADER, AMINA, *totals, BILAL])))
    assert names(found) == ["Amina", "Bilal"]


def test_a_person_whose_remark_is_total_is_a_person():
    header = ["First name", "Family name", "Remarks", "Sex", "Nationality"]
    assert len(read(xlsx(("List", [header, ["Amina", "Demo", "Total", "f", "IQ"]]))).rows) == 1


def test_a_repeated_header_and_a_line_that_counts_columns_are_no_people():
    found = read(xlsx(("List", [HEADER, [1, 2, 3, 4, 5], AMINA, HEADER, BILAL])))
    assert names(found) == ["Amina", "Bilal"]


def test_a_header_in_two_languages_on_two_rows_is_one_header():
    french = ["N° dossier", "Prénom", "Nom de famille", "Date de naissance", "Montant"]
    found = read(xlsx(("List", [HEADER, french, AMINA, BILAL])))
    assert (found.header_row, names(found)) == (1, ["Amina", "Bilal"])


def test_a_header_merged_over_two_rows_is_read_as_one():
    upper, lower = ["File No.", "Name", None, "Date of birth"], [None, "First", "Last", None]
    rows = [upper, lower, ["A-1", "Amina", "Demo", "1990"], ["A-2", "Bilal", "Sample", "1988"]]
    found = read(xlsx(("List", rows), merged=("A1:A2", "B1:C1", "D1:D2")))
    assert list(fields(found).values()) == ["file_reference", "given_names", "family_name", "birth_date"]
    assert names(found) == ["Amina", "Bilal"]


def test_groups_above_the_header_do_not_disturb_it():
    groups = ["Case", "Person", None, None, "Money"]
    found = read(xlsx(("List", [groups, HEADER, AMINA]), merged=("B1:D1",)))
    assert (found.header_row, names(found)) == (2, ["Amina"])


def test_the_sheet_with_the_people_is_chosen_and_can_be_chosen():
    legend = [["Codes"], ["PA = principal applicant"], ["VoT = victim of trafficking"]]
    content = xlsx(("Read me", legend), ("March", [HEADER, AMINA]), ("April", [HEADER, AMINA, BILAL]))
    assert read(content).sheet == "April"
    assert read(content, choices=ReadingChoices(sheet="March")).sheet == "March"
    assert read(content).sheets == ("Read me", "March", "April")


def test_the_header_row_can_be_chosen():
    rows = [["Code", "Name"], ["x", "y"], HEADER, AMINA]
    assert read(xlsx(("List", rows)), choices=ReadingChoices(header_row=3)).header_row == 3


def test_a_list_without_a_header_loses_no_row():
    found = read(xlsx(("List", [["A-1", "Amina", "1990-05-01"], ["A-2", "Bilal", "1988-01-02"]])))
    assert (found.header_row, len(found.rows)) == (0, 2)
    assert {value.text for value in found.rows[0].held.values()} == {"A-1", "Amina", "1990-05-01"}


def test_a_value_merged_over_a_family_holds_for_each_of_them():
    rows = [HEADER, AMINA, [None, *BILAL[1:]], ["A-3", "Carim", "Test", "1970", None]]
    found = read(xlsx(("List", rows), merged=("A2:A3",)))
    assert [row.file_reference for row in found.rows] == ["A-1", "A-1", "A-3"]


def test_columns_are_guessed_in_five_languages():
    headers = {
        "DOB": "birth_date",
        "Date de naissance": "birth_date",
        "Geburtsdatum": "birth_date",
        "Fecha de nacimiento": "birth_date",
        "تاريخ الميلاد": "birth_date",
        "N° dossier": "file_reference",
        "Aktenzeichen": "file_reference",
        "Tel.": "phone",
        "Numéro de téléphone": "phone",
        "رقم الهاتف": "phone",
        "Pays d'accueil": "host_country",
        "Returned from": "host_country",
        "Aufnahmeland": "host_country",
        "Nationalité": "nationality",
        "الجنسية": "nationality",
        "الجنس": "sex",
        "Sexe": "sex",
        "Sex (M/F)": "sex",
        "Type de retour": "return_type",
        "Date de départ": "departed_on",
        "Arrivée confirmée": "arrived_on",
        "Lieu de retour": "return_place",
        "Remarques": "remarks",
        "Vulnérabilité": "vulnerability",
        "Souhaits": "wishes",
        "Montant (EUR)": "amount",
        "Consentement": "consent",
        "Nom en écriture d'origine": "native_name",
        "Passport no.": "document_number",
        "E-mail": "email",
        "Langue maternelle": "language",
        "Lien de parenté": "relation",
        "Date of birth (dd/mm/yyyy)": "birth_date",
        "Date of birth / Date de naissance": "birth_date",
        "Natoinality": "nationality",
        "Nom (écriture d’origine)": "native_name",
        "Staatsangeh.": "nationality",
        "Fecha nac.": "birth_date",
        "Name (Arabic)": "native_name",
        "Shoe size": "held",
        "Place of birth": "held",
        "Returnee's first name": "given_names",
    }
    for header, field in headers.items():
        found = read(csv_bytes([[header, "Shoe colour"], ["x", "red"]]), "list.csv")
        assert fields(found)[header] == field, header


def test_a_bare_name_is_what_the_other_columns_leave_for_it():
    assert fields(read(csv_bytes([["Nom", "Prénom"], ["Demo", "Amina"]])))["Nom"] == "family_name"
    assert fields(read(csv_bytes([["Name", "Vorname"], ["Demo", "Amina"]])))["Name"] == "family_name"
    assert fields(read(csv_bytes([["Name", "Surname"], ["Amina", "Demo"]])))["Name"] == "given_names"
    assert fields(read(csv_bytes([["Name", "DOB"], ["Amina Demo", "1990"]])))["Name"] == "full_name"


def test_line_numbers_are_no_file_numbers():
    rows = [["No.", "File", "Name"], *[[str(n), f"A-{n}", f"Amina {n}"] for n in range(1, 9)]]
    assert fields(read(csv_bytes(rows)))["No."] == "held"


def test_two_columns_never_share_a_field():
    found = read(csv_bytes([["Phone", "Phone", "Name"], ["+32470123456", "+32470999999", "Amina Demo"]]))
    assert fields(found) == {"Phone": "phone", "Phone (2)": "held", "Name": "full_name"}
    assert found.rows[0].held["Phone (2)"].text == "+32470999999"


def test_columns_can_be_chosen():
    choices = ReadingChoices(columns={"Shoe size": "remarks", "Remarks": "held"})
    found = read(csv_bytes([["Name", "Shoe size", "Remarks"], ["Amina Demo", "38", "tall"]]), choices=choices)
    assert (found.rows[0].remarks, found.rows[0].held["Remarks"].text) == ("38", "tall")


def test_choices_are_remembered_by_layout():
    choices = ReadingChoices(
        meanings={"sex": {"Ж": "female"}}, orders={"birth_date": DayOrder.MONTH_FIRST}, header_row=3
    )
    assert ReadingChoices.from_json(choices.as_json()) == choices
    assert layout_key(["First name", "DOB"]) == layout_key(["first  NAME", "dob."])
    assert layout_key(["First name", "DOB"]) != layout_key(["DOB", "First name"])


def test_words_somebody_has_settled_are_understood():
    rows = [["Name", "Sex", "Vulnerability"], ["Amina Demo", "Ж", "code 7"]]
    choices = ReadingChoices(meanings={"sex": {"ж": "female"}, "vulnerability": {"Code 7": "disability"}})
    row = read(csv_bytes(rows), choices=choices).rows[0]
    assert (row.sex, row.held["Vulnerability"].hint) == ("female", "disability")


def test_the_order_of_day_and_month_is_decided_over_the_column_or_asked():
    def births(*told, **choices):
        return read(
            csv_bytes([["Name", "DOB"], *[[f"Person {n}x", t] for n, t in enumerate(told)]]),
            choices=ReadingChoices(**choices),
        )

    assert births("03/04/1990", "24/03/1985").rows[0].birth.earliest == date(1990, 4, 3)
    assert births("03/04/1990", "03/24/1985").rows[0].birth.earliest == date(1990, 3, 4)
    assert kinds(births("03/04/1990", "05/06/1985")) == {("ambiguous_date", "birth_date"): [0, 1]}
    chosen = births("03/04/1990", "05/06/1985", orders={"birth_date": DayOrder.MONTH_FIRST})
    assert chosen.rows[1].birth.earliest == date(1985, 5, 6)
