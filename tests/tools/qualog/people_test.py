# SPDX-License-Identifier: Apache-2.0
# Rows: GA-1, GA-2, GA-3, GA-4, GA-5, GA-6, ID-1, PG-2, PG-3, PG-4, PG-5, PG-6, PG-7, PG-8,
# PG-9, PG-10, PG-17, PM-1, UT-1, UT-4, UT-6, X-08, X-26.
"""Who may work in a project: member, guest, and what roles allow, through the program. The names
of the tests carry the rows of the feature table that they prove."""

from program import CONFLICT, DENIED, DONE, PARTLY, USAGE, ProjectTest, command, item_id

CODE = {"id": item_id(1), "name": "Stress"}


class People(ProjectTest):
    def users(self):
        return {user["principal"]: user
                for user in self.good(self.qualog("member", "ls", "Gym")).lines()}

    def add(self, principal, group, actor="anna"):
        return self.qualog("member", "add", "Gym", principal, "--group", group, actor=actor)

    def test_PG_6_PG_9_the_creator_is_owner_and_only_member(self):
        users = self.users()
        self.assertEqual(list(users), ["anna"])
        self.assertEqual(users["anna"]["group"], "owner")
        self.assertTrue(users["anna"]["has_access"])

    def test_PG_10_a_denied_session_works_once_its_user_is_added(self):
        session = item_id(7)
        first, = self.apply(command("code.created", CODE, "bo", session=session), code=PARTLY)
        self.assertEqual(first["code"], "GUEST_READONLY")
        answer = self.good(self.add("bo", "contributor")).line()
        self.assertEqual((answer["result"], answer["noop"]), ("accepted", False))
        again, = self.apply(command("code.created", CODE, "bo", session=session))
        self.assertEqual(again["result"], "accepted")

    def test_ID_1_a_body_names_no_actor(self):
        before = self.head()
        answer, = self.apply(command("code.created", {**CODE, "actor": "anna"}, "eve"), code=USAGE)
        self.assertIn("actor is no field of this", answer["message"])
        self.assertEqual(self.head(), before)

    def test_PG_3_readers_only_view(self):
        self.good(self.add("rae", "reader"))
        answers = self.apply(
            command("code.created", CODE, "rae"),
            command("source.created", {"id": item_id(2), "name": "Talk", "text": "x", "length": 1},
                    "rae"),
            command("member.added", {"principal": "x", "group": "reader"}, "rae"),
            command("project.props_changed", {"description": "x"}, "rae", "latest"), code=PARTLY)
        self.assertEqual({answer["code"] for answer in answers}, {"DENIED"})
        self.good(self.qualog("codes", "Gym", actor="rae"))

    def test_PG_4_PG_5_contributors_modify_and_owners_manage(self):
        self.good(self.add("bo", "contributor"))
        content, managing = self.apply(
            command("code.created", CODE, "bo"),
            command("project.props_changed", {"description": "x"}, "bo", "latest"), code=PARTLY)
        self.assertEqual(content["result"], "accepted")
        self.assertEqual(managing["code"], "DENIED")
        ended = self.add("cy", "reader", actor="bo")
        self.assertEqual((ended.code, ended.line()["code"]), (DENIED, "DENIED"))

    def test_PG_7_PG_8_a_second_owner_manages_and_one_always_stays(self):
        last = self.qualog("member", "rm", "Gym", "anna")
        self.assertEqual((last.code, last.line()["code"]), (CONFLICT, "POLICY"))
        self.good(self.add("bo", "owner"))
        self.good(self.add("cy", "reader", actor="bo"))
        self.good(self.qualog("member", "rm", "Gym", "anna", actor="bo"))
        self.assertEqual(self.users()["bo"]["group"], "owner")

    def test_PG_17_removing_twice_is_a_noop(self):
        self.good(self.add("bo", "contributor"))
        first = self.good(self.qualog("member", "rm", "Gym", "bo")).line()
        second = self.good(self.qualog("member", "rm", "Gym", "bo")).line()
        self.assertEqual((first["noop"], second["noop"]), (False, True))

    def test_PG_2_an_unknown_group_is_refused(self):
        before = self.head()
        self.assert_error(self.add("bo", "boss"), USAGE)
        self.assert_error(self.qualog("member", "add", "Gym", "bo"), USAGE)
        self.assertEqual(self.head(), before)

    def test_an_account_must_be_one_that_the_log_can_name(self):
        for name in ("", "a\nb", "x" * 513):
            with self.subTest(name=name[:5]):
                self.assert_error(self.add(name, "reader"), USAGE)

    def test_UT_1_UT_4_who_was_removed_stays_listed_and_keeps_the_work(self):
        self.good(self.add("bo", "contributor"))
        text = {"id": item_id(2), "name": "Talk", "text": "calm", "length": 4}
        self.apply(command("code.created", CODE), command("source.created", text),
                   command("coding.added", {"id": item_id(3), "code": CODE["id"],
                                            "source": text["id"], "begin": 0, "end": 4}, "bo"))
        self.good(self.qualog("member", "rm", "Gym", "bo"))
        bo = self.users()["bo"]
        self.assertEqual((bo["has_access"], bo["contributed"], bo["group"]), (False, True, None))
        coding = self.good(self.qualog("codings", "Gym", "--coder", "bo")).line()
        self.assertEqual((coding["coder"], coding["text"]), ("bo", "calm"))

    def test_UT_6_X_08_two_profiles_of_one_person_are_read_as_one_until_they_are_split(self):
        for account in ("bo", "bo2"):
            self.good(self.add(account, "contributor"))
        text = {"id": item_id(2), "name": "Talk", "text": "calm", "length": 4}
        self.apply(command("code.created", CODE), command("source.created", text))
        coding = {"code": CODE["id"], "source": text["id"], "begin": 0, "end": 4}
        self.apply(*(command("coding.added", {"id": item_id(3 + n), **coding}, account)
                     for n, account in enumerate(("bo", "bo2"))))
        bo, bo2 = (self.users()[account]["profile"] for account in ("bo", "bo2"))
        self.apply(command("user.profile_merged", {"from": bo2, "into": bo}, seen="latest"))
        self.assertEqual(self.good(self.qualog("codes", "Gym")).line()["coders"], {"bo": 1})
        for account in ("bo", "bo2"):
            one = self.good(self.qualog("codings", "Gym", "--coder", account)).line()
            self.assertEqual((one["id"], one["coder"], one["coded_as"]), (item_id(3), "bo", None))
        self.apply(command("coding.weight_or_comment_set",
                           {"coding": item_id(4), "comment": "of both"}, "bo2", seen="latest"))
        for cases in ([], ["--cases"]):
            both = self.good(self.qualog("codings", "Gym", *cases)).lines()
            self.assertEqual([(one["coder"], one["coded_as"], one["comment"]) for one in both],
                             [("bo", None, None), ("bo", bo2, "of both")])
        self.assertEqual(self.good(self.qualog("sources", "Gym")).line()["codings"], 1)
        stripe, = self.good(self.qualog("stripes", "Gym", "Talk", "--by-coder")).line()["stripes"]
        self.assertEqual((stripe["codings"], [one["codings"] for one in stripe["coders"]]),
                         (1, [1]))
        self.assertEqual(self.users()["bo2"]["profile"], bo)
        self.good(self.qualog("member", "rm", "Gym", "bo2"))
        self.assertEqual(list(self.users()), ["anna", "bo"])
        acts = self.good(self.qualog("log", "Gym", "--user", "bo2", "--action", "coding.added"))
        self.assertEqual(acts.line()["user"], "bo2")
        self.apply(command("user.profile_split", {"profile": bo2}, seen="latest"))
        self.assertEqual(self.good(self.qualog("codes", "Gym")).line()["coders"],
                         {"bo": 1, "bo2": 1})
        self.assertEqual(list(self.users()), ["anna", "bo", "bo2"])

    def test_UT_1_members_who_did_nothing_are_listed_too(self):
        self.good(self.add("cy", "reader"))
        cy = self.users()["cy"]
        self.assertEqual((cy["has_access"], cy["contributed"]), (True, False))

    def test_PM_1_GA_1_every_role_and_every_guest_views_the_project(self):
        self.apply(command("code.created", CODE))
        for group in ("reader", "contributor", "owner"):
            self.good(self.add(group, group))
        for actor in ("reader", "contributor", "owner", "eve"):
            with self.subTest(actor=actor):
                code = self.good(self.qualog("codes", "Gym", actor=actor)).line()
                self.assertEqual(code["name"], CODE["name"])
                acts = self.good(self.qualog("log", "Gym", actor=actor)).lines()
                self.assertIn("code.created", [act["action"] for act in acts])

    def test_GA_3_GA_2_guests_read_by_default_and_never_write(self):
        self.assertTrue(self.good(self.qualog("guest", "Gym")).line()["guest_access"])
        answer, = self.apply(command("code.created", CODE, "eve"), code=PARTLY)
        self.assertEqual(answer["code"], "GUEST_READONLY")

    def test_GA_4_owners_switch_guest_access_off(self):
        answer = self.good(self.qualog("guest", "Gym", "off")).line()
        self.assertEqual(answer["result"], "accepted")
        self.assertFalse(self.good(self.qualog("guest", "Gym")).line()["guest_access"])
        refused, = self.apply(command("code.created", CODE, "eve"), code=PARTLY)
        self.assertEqual(refused["code"], "DENIED")
        self.good(self.qualog("guest", "Gym", "on"))
        self.assertEqual(self.text("guest", "Gym").out, "guest access is on\n")

    def test_GA_4_only_members_read_while_guest_access_is_off(self):
        self.good(self.add("rae", "reader"))
        self.apply(command("code.created", CODE))
        reading = (("codes",), ("codes", "--at", 3), ("codings",), ("log",), ("show", 1),
                   ("state",), ("state", "--at", 1), ("events cat",), ("conflicts ls",),
                   ("conflicts show", item_id(9)), ("guest",), ("member ls",), ("project show",))
        for words, *more in reading:
            self.assertNotEqual(self.qualog(*words.split(), "Gym", *more, actor="eve").code, DENIED)
        self.good(self.qualog("guest", "Gym", "off"))
        for words, *more in reading:
            with self.subTest(words=words):
                ended = self.qualog(*words.split(), "Gym", *more, actor="eve")
                self.assert_error(ended, DENIED)
                self.assertIn("qualog member add", ended.err)
                ended = self.qualog(*words.split(), "Gym", *more, actor="rae")
                self.assertNotEqual(ended.code, DENIED)
        self.good(self.qualog("member", "rm", "Gym", "rae"))
        self.assert_error(self.qualog("codes", "Gym", actor="rae"), DENIED)
        for free in (("project", "ls"), ("verify", "Gym")):
            self.good(self.qualog(*free, actor="eve"))
        self.good(self.qualog("guest", "Gym", "on"))
        self.good(self.qualog("codes", "Gym", actor="eve"))

    def test_X_26_a_moment_that_nobody_kept_is_copied_later_and_read_by_its_only_member(self):
        self.good(self.add("rae", "reader"))
        self.apply(command("code.created", CODE))
        self.good(self.qualog("restore", "Gym", "--at", 2, "--as", "Old"))
        self.assertEqual(self.good(self.qualog("codes", "Old")).lines(), [])
        self.assert_error(self.qualog("codes", "Old", actor="rae"), DENIED)

    def test_GA_6_guests_copy_nothing(self):
        self.assert_error(self.qualog("restore", "Gym", "--at", 2, "--as", "Old", actor="eve"),
                          DENIED)

    def test_GA_5_only_owners_may_switch_it(self):
        self.good(self.add("bo", "contributor"))
        self.good(self.add("rae", "reader"))
        for actor, code in (("bo", "DENIED"), ("rae", "DENIED"), ("eve", "GUEST_READONLY")):
            ended = self.qualog("guest", "Gym", "off", actor=actor)
            self.assertEqual((ended.code, ended.line()["code"]), (DENIED, code))
        self.assertTrue(self.qualog("guest", "Gym").line()["guest_access"])

    def test_guest_takes_on_or_off(self):
        self.assert_error(self.qualog("guest", "Gym", "perhaps"), USAGE)

    def test_tables_for_people(self):
        ended = self.text("member", "ls", "Gym")
        self.assertEqual(ended.code, DONE)
        self.assertEqual(ended.out.splitlines()[0].split(),
                         ["Account", "Name", "Group", "Access", "Contributed"])
        self.assertEqual(ended.out.splitlines()[1].split(), ["anna", "anna", "owner", "yes", "yes"])
