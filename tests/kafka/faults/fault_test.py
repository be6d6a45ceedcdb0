# SPDX-License-Identifier: Apache-2.0
"""The protocol of the log on real brokers in trouble. Method: owners in processes of their own, who
send through proxies, fight for a project while brokers die, hang and hand over, connections hold,
lose and delay, owners stop and are fenced, and strangers write; then facts.py holds what the owners
told against what every reader finds. Controls: without any one of its obligations the protocol is
caught lying."""

from fault_case import GIVE_UP_SECONDS, FULL_NODE, FaultCase, main, wire

import rogue
from facts import violations

CONTROL_TRIES_MAX = 8


class Brokers(FaultCase):
    """What happens to brokers."""

    def test_leader_killed_under_load(self):
        owner = self.project.owner()
        owner.run()
        owner.wait_for("durable", 200)
        leader = self.project.leader()
        self.brokers.kill(leader)
        owner.wait_for("durable", 200)
        self.brokers.start_node(leader)
        owner.wait_for("durable", 100)
        owner.stop()
        self.judged()

    def test_leader_hands_over(self):
        owner = self.project.owner()
        owner.run()
        owner.wait_for("durable", 100)
        self.brokers.restart(self.project.leader())
        owner.wait_for("durable", 100)
        owner.stop()
        _, facts = self.judged()
        self.assertEqual(facts[0].not_applied, [])

    def test_slow_network_raises_no_doubt(self):
        owner = self.opened(timeout=20000)
        for node, proxy in enumerate(self.brokers.proxies(1)):
            proxy.delay((50, 200, 500)[node])
        owner.run(0, 0)
        owner.wait_for("durable", 20)
        owner.stop()
        _, facts = self.judged()
        self.assertEqual(facts[0].unknown + facts[0].not_applied, [])

    def test_follower_paused(self):
        owner = self.project.owner(timeout=20000)
        owner.run()
        owner.wait_for("durable", 50)
        follower = self.project.followers()[0]
        self.brokers.pause(follower)
        owner.wait_for("durable", 200)
        self.brokers.resume(follower)
        owner.wait_for("durable", 50)
        owner.stop()
        _, facts = self.judged()
        self.assertEqual(facts[0].unknown + facts[0].not_applied, [])

    def test_fewer_in_sync_than_promised(self):
        """In a cluster whose nodes are controllers too, their quorum is gone as well."""
        owner = self.opened()
        self.assert_says(owner.ask("append 2 1"), "durable")
        others = self.project.followers()
        for node in others:
            self.brokers.kill(node)
        self.assert_says(owner.ask("append 1 0"), "unknown")
        self.assertEqual(len(self.project.log().items), 3)
        self.assert_says(owner.ask("open"), "error")
        self.brokers.start_node(*others)
        wire.wait_until(lambda: owner.ask("open").startswith("opened"), 60, "open again")
        self.assert_says(owner.ask("append 1 0"), "durable")
        self.judged()

    def test_disk_full_under_the_leader(self):
        if not self.brokers.has_small_disk:
            self.skipTest("no file system may be mounted here")
        while self.project.leader() != FULL_NODE:
            self.another_project()
        owner = self.project.owner()
        owner.run()
        owner.wait_for("durable", 100)
        self.brokers.fill_disk()
        owner.wait_for("durable", 500)
        wire.wait_until(lambda: self.project.leader() != FULL_NODE, 60, "another leads")
        owner.wait_for("durable", 100)
        self.brokers.clear_disk()
        self.brokers.restart(FULL_NODE, hard=True)
        owner.stop()
        self.judged()

    def test_coordinator_down(self):
        """Of groups and transactions: a log has to do with neither."""
        port = self.brokers.nodes[0].port
        wire.wait_until(lambda: rogue.coordinator(port, "any") > 0, 60, "a coordinator")
        while self.project.leader() == rogue.coordinator(port, "any"):
            self.another_project()
        owner = self.opened()
        self.brokers.kill(rogue.coordinator(port, "any"))
        owner.run()
        owner.wait_for("durable", 100)
        owner.stop()
        _, facts = self.judged()
        self.assertEqual(len(facts[0].opened), 1)

    def test_topic_deleted_under_an_owner(self):
        owner = self.opened()
        self.assert_says(owner.ask("append 1 0"), "durable")
        self.assertEqual(self.project.ask("delete"), "")
        self.assert_says(owner.ask("append 1 0"), "unknown")
        self.assert_says(owner.ask("open"), "error")
        self.assertIn("error not_found", self.project.ask("items"))
        owner.end(seconds=10)


class Owners(FaultCase):
    """What happens to owners and to what they send."""

    def test_owner_cut_off_and_healed(self):
        """What it has sent lands after it was replaced."""
        old = self.opened(1)
        self.assert_says(old.ask("append 1 1"), "durable")
        self.each_proxy(1, "hold")
        old.begin("append 2 0")
        new = self.opened(2)
        self.assert_says(new.ask("append 1 0"), "durable")
        self.assert_says(old.answer(), "unknown")
        self.each_proxy(1, "heal")
        wire.wait_until(lambda: self.project.log().ignored > 0, 60, "the late record landed")
        self.assert_says(new.ask("append 1 0"), "durable")
        self.assert_says(old.ask("append 1 0"), "not_applied")
        self.assert_says(old.ask("open"), "opened")
        _, facts = self.judged()
        self.assertEqual((len(facts[0].not_applied), len(facts[0].unknown)), (3, 2))

    def test_owner_paused_beyond_its_timeouts(self):
        old, new = self.project.owner(1), self.project.owner(2)
        old.run()
        old.wait_for("durable", 50)
        old.pause()
        new.run()
        new.wait_for("durable", 50)
        wire.wait_until(lambda: self.seconds_told(new) > 2 * GIVE_UP_SECONDS, 60, "time passed")
        new.stop()
        old.resume()
        old.wait_for("lost")
        old.wait_for("durable")
        old.stop()
        self.judged()

    @staticmethod
    def seconds_told(owner):
        told = [one.told for one in owner.facts().durable]
        return (max(told) - min(told)) / 1e6

    def test_duel_of_three(self):
        owners = [self.project.owner(number) for number in (1, 2, 3)]
        for owner in owners:
            owner.run(40, 0)
        for owner in owners:
            owner.wait_for("durable", 200)
        for owner in owners:
            owner.stop()
        log, _ = self.judged()
        self.assertGreater(log.fences, 10)

    def test_answer_lost_and_sent_again(self):
        """The second copy is acknowledged; the place told is that of the first."""
        owner = self.opened()
        self.assert_says(owner.ask("append 1 0"), "durable")
        proxy, before = self.proxy_to_leader(), len(self.project.records())
        proxy.drop_answers()
        owner.begin("append 1 1")
        self.everywhere("the record landed", before + 1)
        proxy.heal()
        self.assert_says(owner.answer(), "durable")
        self.assert_says(owner.ask("append 1 0"), "durable")
        log, facts = self.judged()
        self.assertEqual((log.ignored, facts[0].unknown), (1, []))

    def test_answers_lost_for_good(self):
        owner = self.opened()
        self.assert_says(owner.ask("append 1 0"), "durable")
        self.each_proxy(1, "drop_answers")
        self.assert_says(owner.ask("append 1 1"), "unknown")
        self.each_proxy(1, "heal")
        self.assert_says(owner.ask("open"), "opened")
        _, facts = self.judged()
        self.assertEqual((len(facts[0].durable), len(facts[0].unknown)), (3, 2))

    def test_fenced_within_a_group(self):
        old = self.opened(1)
        self.assert_says(old.ask("more 2 1"), "durable")
        new = self.opened(2)
        self.assert_says(new.ask("append 1 0"), "durable")
        self.assert_lost(old.ask("append 1 0"))
        log, facts = self.judged()
        self.assertEqual((len(log.items), len(facts[0].not_applied)), (1, 4))

    def test_fenced_while_a_record_is_under_way(self):
        old = self.opened(1)
        self.each_proxy(1, "hold_requests")
        old.begin("append 2 0")
        new = self.opened(2)
        self.each_proxy(1, "heal")
        self.assert_lost(old.answer())
        self.assert_says(new.ask("append 1 0"), "durable")
        _, facts = self.judged()
        self.assertEqual(len(facts[0].not_applied), 2)

    def test_owner_killed_under_load(self):
        old, new = self.project.owner(1), self.project.owner(1)
        old.run()
        old.wait_for("durable", 100)
        old.kill()
        new.run()
        new.wait_for("durable", 50)
        new.stop()
        self.judged()

    def test_requests_held_and_landing_late(self):
        """All connections of an owner to the leader, for longer than it waits."""
        owners = [self.project.owner(number, read=self.brokers.direct()) for number in (1, 2, 3)]
        for owner in owners:
            owner.run(60, 0)
        for number in (1, 2, 3):
            owners[number - 1].wait_for("durable", 50)
            proxy = self.proxy_to_leader(number)
            proxy.hold_requests()
            owners[number - 1].wait_for("lost")
            proxy.heal()
        for owner in owners:
            owner.wait_for("durable", 50)
            owner.stop()
        self.judged()

    def test_three_fight_while_all_fails(self):
        owners = [self.project.owner(number, read=self.brokers.direct()) for number in (1, 2, 3)]
        for owner in owners:
            owner.run(100, 0)
        owners[0].wait_for("durable", 50)
        leader = self.project.leader()
        self.brokers.proxy(1, leader).hold()
        owners[1].pause()
        self.brokers.kill(leader)
        owners[2].wait_for("durable", 100)
        owners[1].resume()
        self.brokers.proxy(1, leader).heal()
        self.brokers.start_node(leader)
        self.brokers.restart(self.project.leader())
        for owner in owners:
            owner.wait_for("durable", 100)
            owner.stop()
        self.judged()


class Strangers(FaultCase):
    """Who writes to the topic, or takes from it, though nobody should."""

    def port(self):
        return self.brokers.nodes[self.project.leader() - 1].port

    def test_records_sent_again_by_a_rogue(self):
        owner = self.opened()
        for events in (1, 3, 2):
            self.assert_says(owner.ask(f"append {events} 1"), "durable")
        sent = self.project.records()
        for record in sent + sent[::-1]:
            rogue.produce(self.port(), self.project.topic, [record])
        rogue.produce(self.port(), self.project.topic, [b"", b"no record of ours"])
        self.assert_says(owner.ask("append 2 2"), "durable")
        log, facts = self.judged()
        self.assertEqual((log.ignored, log.foreign), (2 * len(sent), 2))
        self.assertEqual((facts[0].unknown, len(facts[0].opened)), ([], 1))

    def test_transaction_left_open_by_a_rogue(self):
        owner = self.opened()
        self.assert_says(owner.ask("append 1 0"), "durable")
        name = f"of {self.project.id}"
        wire.wait_until(lambda: rogue.coordinator(self.port(), name) > 0, 60, "a coordinator")
        node = self.brokers.nodes[rogue.coordinator(self.port(), name) - 1]
        producer, epoch = rogue.begin_transaction(node.port, name, self.project.topic)
        rogue.produce(self.port(), self.project.topic, [*self.project.records(), b"stranger"],
                      transaction=name, producer=producer, epoch=epoch, sequence=0)
        self.assert_says(owner.ask("append 2 0"), "durable")
        other = self.opened(2)
        self.assert_says(other.ask("append 1 1"), "durable")
        log, _ = self.judged()
        self.assertGreaterEqual(log.foreign, 1)

    def test_beginning_deleted(self):
        owner = self.opened()
        for _ in range(4):
            self.assert_says(owner.ask("append 1 0"), "durable")
        self.assertEqual(self.project.ask("delete-before", offset=4), "")
        for early in (0, 2):
            said = self.project.ask("items", **{"from": early})
            self.assertRegex(said, "error damaged .*its beginning was deleted")
        self.assertEqual(len(self.project.log(**{"from": 5}).items), 1)
        self.assertIn("error damaged", self.project.owner(2).ask("open"))
        # Who stands behind it goes on.
        self.assert_says(owner.ask("open"), "opened")
        self.assert_says(owner.ask("append 1 0"), "durable")

    def test_end_lost_on_every_broker(self):
        """Of one record, and of several: whoever stands behind the end says so."""
        for lost in (1, 3):
            with self.subTest(lost=lost):
                self.lose_end(lost)

    def lose_end(self, lost):
        owner = self.opened()
        for _ in range(5):
            self.assert_says(owner.ask("append 1 0"), "durable")
        place = max(one.place for one in owner.facts().durable)
        for node in self.brokers.nodes:
            node.kill()
        for node in self.brokers.nodes:
            self.cut_end(node, lost)
        self.brokers.start_node(*[node.number for node in self.brokers.nodes])
        self.assertIn("damage", self.project.ask("items", **{"from": place}))
        self.assertEqual(owner.ask("append 1 0").split()[:2], ["unknown", "damaged"])
        self.assertIn("error damaged", owner.ask("open"))

    def cut_end(self, node, count):
        """The last record batches of its copy."""
        path = node.folder / "data" / f"{self.project.topic}-0" / f"{0:020}.log"
        data, ends, at = path.read_bytes(), [], 0
        while at < len(data):
            at += 12 + int.from_bytes(data[at + 8:at + 12], "big")
            ends.append(at)
        path.write_bytes(data[:([0] + ends)[-count - 1]])


class Controls(FaultCase):
    """Each obligation that is left out is found out."""

    def assert_found(self, attempt, what):
        for tried in range(1, CONTROL_TRIES_MAX + 1):
            attempt()
            facts = [owner.facts() for owner in self.project.owners]
            hits = [one for one in violations(self.project.log(), facts) if what in one]
            if hits:
                print(f"    found in try {tried}: {len(hits)}, as {hits[0]}")
                return
        self.fail(f"not found in {CONTROL_TRIES_MAX} tries: {what}")

    def test_delivery_alone_is_found(self):
        owners = [self.project.owner(number, obligations="delivery-alone") for number in (1, 2)]

        def attempt():
            for owner in owners:
                owner.run(20, 0)
            for owner in owners:
                owner.wait_for("durable", 60)
            for owner in owners:
                owner.stop()

        self.assert_found(attempt, "told durable, not in the log")

    def held(self, obligations):
        """A function that holds what an owner sends until it is told as not applied."""
        owner = self.project.owner(1, obligations=obligations, read=self.brokers.direct())
        owner.run(0, 0)

        def attempt():
            owner.wait_for("durable", 20)
            proxy = self.proxy_to_leader()
            proxy.hold_requests()
            before = owner.count("not_applied")
            wire.wait_until(lambda: owner.count("not_applied") > before, 60,
                            "given up")
            proxy.heal()
            owner.wait_for("durable", 20)

        return attempt

    def test_no_fence_after_doubt_is_found(self):
        self.assert_found(self.held("no-fence-after-doubt"), "told as not applied, in the log")

    def test_not_applied_before_fence_is_found(self):
        self.assert_found(self.held("not-applied-before-fence"),
                          "told as not applied, in the log")


if __name__ == "__main__":
    main()
