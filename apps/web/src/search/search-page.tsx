import { useNavigate } from 'react-router';
import { SearchPanel } from './search-panel.tsx';
import styles from './search.module.css';

/** The search where no room is open. */
export function SearchPage() {
  const navigate = useNavigate();
  return (
    <div className={styles.page}>
      <SearchPanel onClose={() => void navigate('/rooms')} />
    </div>
  );
}
