import unittest


class TestServer(unittest.TestCase):
    def test_titik(self):
        self.assertEqual(b'halo.'.partition(b'.')[1], b'.')


if __name__ == '__main__':
    unittest.main()
